"""A user is an account to sign in with. A person is anybody who acts or takes part, with an account or without."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Users(BaseUserManager["User"]):
    """Makes accounts. An address is kept as it was written and is the same whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account. `is_operator`: runs the site, may set up organisations, and sees no collaboration for that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("namn"), max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=[("sv", "Svenska"), ("en", "English")], default="sv")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    acts_for = models.UUIDField(null=True, blank=True)
    """The organisation last chosen to act for, where the next session begins. A key only: parties know accounts."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Users()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
            models.CheckConstraint(condition=~models.Q(email=""), name="an_account_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    # What Django's own parts ask of a user; nobody has permissions by row here, see docs/atkomst.md.
    @property
    def is_staff(self) -> bool:
        return False

    def has_perm(self, _perm: str, _obj: object = None) -> bool:
        return False

    def has_module_perms(self, _app_label: str) -> bool:
        return False


class Person(models.Model):
    """Anybody who acts or takes part. Never public by itself; no personal identity number, ever.

    `email` is where the person is written to; two people may share none. `user` is the account, None without one.
    `made_up`: exists in the demo only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="person")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    hsa_id = models.CharField(max_length=31, blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_person_per_address"),
            models.UniqueConstraint("hsa_id", condition=~models.Q(hsa_id=""), name="one_person_per_hsa_id"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_person_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        """Return the language in which the person is written to."""
        return self.user.language if self.user is not None else "sv"
