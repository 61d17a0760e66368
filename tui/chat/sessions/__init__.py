"""What was asked and answered, kept between runs."""
