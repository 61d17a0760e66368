"""Time in articles: finds time expressions and works out what they mean on the day of their article."""
