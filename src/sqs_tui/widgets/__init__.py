"""The widgets: each is given values, draws them, and posts messages about what a person does with them."""
