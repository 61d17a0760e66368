"""What stands before the routes: who may ask, how much and how fast, and what every response carries."""
