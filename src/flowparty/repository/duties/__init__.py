"""The facts behind the duties of a day, a query each; their rules stand in ``domain/duties``."""
