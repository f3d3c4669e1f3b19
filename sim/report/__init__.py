"""What is told: words, numbers, screen, files, charts, page. It draws from results and plays nothing again."""
