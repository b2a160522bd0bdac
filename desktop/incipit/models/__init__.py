"""The values that cross the borders between rooms: frozen dataclasses and two protocols.

Nothing here does work, touches a file or knows SQL, Whoosh or Qt. Lengths and offsets say
their unit in their names: ``_cp`` is code points of the stored text, ``_bytes`` is bytes,
``_token`` is a token number inside a document.
"""

from __future__ import annotations

from incipit.models.columns import (
    TokenColumns,
)
from incipit.models.damages import Damage, Repair
from incipit.models.documents import (
    Document,
    LibraryStatus,
    LibraryTotals,
    Removal,
    Source,
    SourceKind,
    TagChange,
    TitleKind,
)
from incipit.models.failed_files import FailedFile, FailedFiles, VanishedFile, VanishedFiles
from incipit.models.jobs import (
    CancelToken,
    DocumentsCommitted,
    ImportReport,
    ImportSurvey,
    JobEvent,
    JobFinished,
    JobPhase,
    JobProgress,
    Scope,
)
from incipit.models.packed import LazySequence, PackedTexts
from incipit.models.searching import (
    Completion,
    DocumentHits,
    Filter,
    QueryPart,
    ResultRow,
    SavedSearch,
    SearchRequest,
    SearchResult,
    Snippet,
    SortKey,
    Suggestion,
)

__all__ = [
    "CancelToken",
    "Completion",
    "Damage",
    "Document",
    "DocumentHits",
    "DocumentsCommitted",
    "FailedFile",
    "FailedFiles",
    "Filter",
    "ImportReport",
    "ImportSurvey",
    "JobEvent",
    "JobFinished",
    "JobPhase",
    "JobProgress",
    "LazySequence",
    "LibraryStatus",
    "LibraryTotals",
    "PackedTexts",
    "QueryPart",
    "Removal",
    "Repair",
    "ResultRow",
    "SavedSearch",
    "Scope",
    "SearchRequest",
    "SearchResult",
    "Snippet",
    "SortKey",
    "Source",
    "SourceKind",
    "Suggestion",
    "TagChange",
    "TitleKind",
    "TokenColumns",
    "VanishedFile",
    "VanishedFiles",
]
