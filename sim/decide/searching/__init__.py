"""Finding the cheapest set of reforms, officers and hours that meets the targets as often as is asked."""
