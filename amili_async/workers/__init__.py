"""The same submission on several workers, with PostgreSQL and Procrastinate between them."""
