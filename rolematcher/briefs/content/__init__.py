"""What a brief says: a decision in, every sentence of page, PDF and Word out."""

from .build import content_of, file_name
from .shape import Advert, Audience, Content, HouseHead

__all__ = ["Advert", "Audience", "Content", "HouseHead", "content_of", "file_name"]
