"""What is uploaded is tried, kept under its hash, and handed out only as it came in."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from tests import world
from tillit.apps.audit.models import Act
from tillit.apps.documents import actions, queries
from tillit.apps.documents.keeping import Damaged, clean_name
from tillit.apps.documents.models import Document, DocumentVersion
from tillit.apps.errors import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    storage = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(DocumentVersion._meta.get_field("file"), "storage", storage)
    return tmp_path


@pytest.fixture
def owner():
    return world.company()


@pytest.fixture
def act(owner):
    return {"by": world.person("Sara Ek", organisation=owner), "acting_for": owner, "at": AT}


def packed(*names, **content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "")
        for name, text in content.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(*more):
    return packed("[Content_Types].xml", "word/document.xml", *more)


def add(owner, act, content=PDF, name="avtal.pdf", **said):
    given = {"sort": "agreement", "title": "Avtalet", "keeper": None} | said
    return actions.add_document(owner=owner, file=ContentFile(content, name), **given, **act)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_document_is_kept_under_the_hash_of_its_first_version(owner, act, folder):
    document = add(owner, act, keeper=owner)
    version = document.versions.get()
    assert (version.sha256, version.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert (version.number, version.content_type) == (1, "application/pdf")
    assert files(folder) == [folder / version.sha256[:2] / version.sha256[2:4] / version.sha256]
    assert queries.content_of(version) == PDF
    assert Act.objects.get().detail == {"sort": "agreement", "sha256": version.sha256}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.PDF", PDF),
        ("a.png", PNG),
        ("a.jpeg", JPG),
        ("a.docx", docx()),
        ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml")),
        ("a.pptx", packed("[Content_Types].xml", "ppt/presentation.xml")),
        ("a.odt", packed(mimetype="application/vnd.oasis.opendocument.text")),
        ("a.txt", "Räksmörgås < 245 kr".encode()),
        ("a.txt", "Räksmörgås".encode("cp1252")),
        ("a.txt", "Räksmörgås".encode("utf-16")),
        ("a.csv", b"namn;summa\r\nlunch;245\r\n"),
    ],
)
def test_what_offices_write_is_kept(owner, act, name, content):
    assert queries.content_of(add(owner, act, content, name).versions.get()) == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ" + bytes(100)),
        ("a.pdf", b"MZ" + bytes(100)),
        ("a.pdf", PNG),
        ("a.png", PDF),
        ("a.pdf.exe", PDF),
        ("pdf", PDF),
        ("a", PDF),
        ("a.html", b"<!doctype html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.txt", b"  \n<!DOCTYPE html><p>hej"),
        ("a.txt", b"hej <script>alert(1)</script>"),
        ("a.txt", b"#!/bin/sh\nrm -rf /"),
        ("a.txt", b"abc\x00def"),
        ("a.txt", PDF),
        ("a.csv", docx()),
        ("a.zip", packed("inuti.exe")),
        ("a.docx", packed("inuti.exe")),
        ("a.docx", docx("word/vbaProject.bin")),
        ("a.docm", docx("word/vbaProject.bin")),
        ("a.xlsx", docx()),
        ("a.docx", docx()[:-10]),
        ("a.eml", b"From: a@example.se\r\n\r\nHej"),
    ],
)
def test_what_can_run_hides_or_is_not_what_it_says_is_refused_and_nothing_is_written(owner, act, folder, name, content):
    with pytest.raises(Refused, match=r"PDF och skicka den\.") as why:
        add(owner, act, content, name)
    assert why.value.field == "file"
    assert files(folder) == []
    assert not Document.objects.exists()


def test_an_empty_file_and_one_that_is_too_large_are_told_so(owner, act, folder, settings):
    settings.UPLOAD_LIMIT = len(PDF)
    assert add(owner, act)
    for content, reason in ((b"", "tom"), (PDF + b"\n", "större än")):
        with pytest.raises(Refused, match=reason):
            add(owner, act, content)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"sort": "kvitto"}, "sort"),
        ({"title": " "}, "title"),
        ({"title": "A" * 201}, "title"),
        ({"title": "Avtal 900101-0017"}, "title"),
        ({"name": "900101-0017.pdf"}, "file"),
    ],
)
def test_what_is_said_of_a_document_is_tried_before_the_file_is_written(owner, act, folder, said, field):
    with pytest.raises(Refused) as why:
        add(owner, act, **said)
    assert why.value.field == field
    assert files(folder) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\sara\\avtal.pdf", "avtal.pdf"),
        ("/abs/a.pdf", "a.pdf"),
        ("..", "handling"),
        (".pdf", "pdf"),
        ("avtal\u202efdp.exe", "avtalfdp.exe"),
        ("a\x00\n b.pdf", "a b.pdf"),
        ("o\u0308l.pdf", "öl.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("", "handling"),
    ],
)
def test_a_name_is_made_harmless(given, kept):
    assert clean_name(given) == kept


def test_the_same_file_again_is_the_same_version(owner, act, folder):
    document = add(owner, act)
    again = actions.add_version(document=document, file=ContentFile(PDF, "nytt namn.pdf"), **act)
    assert again == document.versions.get()
    newer = actions.add_version(document=document, file=ContentFile(PDF + b"%", "avtal.pdf"), **act)
    assert newer.number == 2
    assert len(files(folder)) == 2
    assert [act.action for act in Act.objects.all()] == ["documents.added", "documents.version_added"]


def test_two_documents_of_one_content_share_what_is_kept(owner, act, folder):
    add(owner, act)
    add(owner, act, title="Samma en gång till")
    assert len(files(folder)) == 1


def test_half_a_file_left_by_a_crash_is_replaced(owner, act, folder):
    hash_ = hashlib.sha256(PDF).hexdigest()
    half = folder / hash_[:2] / hash_[2:4] / hash_
    half.parent.mkdir(parents=True)
    half.write_bytes(PDF[:10])
    assert queries.content_of(add(owner, act).versions.get()) == PDF


def test_what_has_been_changed_or_lost_is_never_handed_out(owner, act, folder):
    version = add(owner, act).versions.get()
    kept: Path = files(folder)[0]
    assert list(queries.damaged_versions()) == []
    kept.write_bytes(PDF.replace(b"1", b"2"))
    with pytest.raises(Damaged, match="inte längre den som laddades upp"):
        queries.content_of(version)
    assert [each for each, _ in queries.damaged_versions()] == [version]
    kept.unlink()
    with pytest.raises(Damaged, match="går inte att läsa"):
        queries.content_of(version)


def test_a_removed_document_leaves_the_list_and_keeps_its_versions(owner, act):
    document = add(owner, act)
    actions.remove_document(document=document, **act)
    assert queries.documents_of(owner) == ()
    assert queries.documents_of(owner, removed=True)[0].newest.name == "avtal.pdf"
    assert queries.content_of(document.versions.get()) == PDF
    for again in (actions.remove_document, lambda **more: actions.add_version(file=ContentFile(PDF, "a.pdf"), **more)):
        with pytest.raises(Refused, match="borttagen"):
            again(document=document, **act)


def test_documents_are_read_in_two_queries(owner, act, django_assert_num_queries):
    for title in ("B", "A"):
        document = add(owner, act, title=title, keeper=owner)
        actions.add_version(document=document, file=ContentFile(PDF + title.encode(), "ny.pdf"), **act)
    with django_assert_num_queries(2):
        rows = queries.documents_of(owner)
    assert [(row.title, row.keeper, [each.number for each in row.versions]) for row in rows] == [
        ("A", owner.name, [2, 1]),
        ("B", owner.name, [2, 1]),
    ]
    assert rows[0].newest.uploaded_by == "Sara Ek"
    assert queries.documents_of(world.region()) == ()


def test_no_address_leads_into_what_is_kept(client, settings):
    assert settings.MEDIA_URL in ("", "/")
    assert str(settings.MEDIA_ROOT).endswith("documents")
    assert client.get("/documents/").status_code == 404
