"""What a brief says: a decision in, every sentence of page and paper out."""

from .build import content_of, file_name
from .exports import job_posting_of, occupation_of
from .shape import Content, DecisionPreview

__all__ = ["Content", "DecisionPreview", "content_of", "file_name", "job_posting_of", "occupation_of"]
