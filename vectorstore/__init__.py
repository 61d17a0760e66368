"""Where articles, passages and vectors live and are searched; knows no model and no front."""
