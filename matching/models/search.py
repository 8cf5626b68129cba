"""What is searched of a published profile."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Lookup

from profiles.models import Profile


@SearchVectorField.register_lookup
class Holds(Lookup):
    """`document__holds="'cluster':* & 'textil'"`: the query is a ready tsquery, its words stemmed already."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        document, document_values = self.process_lhs(compiler, connection)
        return f"{document} @@ %s::tsquery", (*document_values, self.rhs)


class SearchDocument(models.Model):
    """A published profile's words, stemmed in every language at once, and its names for typing errors.

    Made and kept right by `matching.search.index` alone.
    """

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, primary_key=True, related_name="+")
    # Organisation and city: small letters without accents, words between single blanks.
    names = models.TextField()
    document = SearchVectorField()
    # Of the words that the document is made of: an edit that leaves them as they were stems nothing.
    digest = models.CharField(max_length=32, default="", editable=False)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["document"], name="search_words", fastupdate=False)]

    def __str__(self) -> str:
        return self.names
