"""Personal copies: a handout and the rows of a client list in, a copy for each row out, stamped from shared layouts."""

from generator.copies.order import Order
from generator.copies.workshop import ReadyCopy, Workshop

__all__ = ["Order", "ReadyCopy", "Workshop"]
