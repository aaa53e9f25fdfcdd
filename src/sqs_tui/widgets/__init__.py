"""The widgets: each is given values, draws them, and posts what a person wants of them."""
