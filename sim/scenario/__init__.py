"""What is asked: scenarios, targets and amendments; the library; reading, checking and preparing them."""
