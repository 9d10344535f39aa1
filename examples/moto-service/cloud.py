"""AWS as this example has it: moto's server on the loopback, asked with boto3 over HTTP as a real client would."""

import json
import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError
from botocore.parsers import ResponseParserError
from moto.server import ThreadedMotoServer

__all__ = ["Cloud", "Account", "NoAccount", "Principal", "TagNotTaken"]

DOCUMENT = "SSM-SessionManagerRunShell"
TAGS_OF_IAM = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html"


class TagNotTaken(Exception):
    """A tag that IAM does not take, or does not give back as it was."""

    issue = TAGS_OF_IAM


class NoAccount(Exception):
    """An id that no AWS account has: it is not of 12 digits."""

    issue = "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html"


class Principal:
    """An IAM user or role, by its ARN."""

    def __init__(self, arn: str) -> None:
        *_, self.account, resource = arn.split(":", 5)
        self.kind, _, self.name = resource.partition("/")


class Cloud:
    """A server of its own, with as many accounts as are asked for."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self._server.start()
        self._endpoint = "http://{}:{}".format(*self._server.get_host_and_port())
        self._accounts: dict[str, Account] = {}

    def account(self, id: str) -> "Account":
        """An account; its credentials come from the token service, by a role in that account."""
        if not re.fullmatch("[0-9]{12}", id):
            raise NoAccount(f"no AWS account has the id {id!r}")
        if id not in self._accounts:
            role = f"arn:aws:iam::{id}:role/session-broker"
            given = self._client("sts").assume_role(RoleArn=role, RoleSessionName="session-broker")["Credentials"]
            self._accounts[id] = Account(self._client("iam", given), self._client("ssm", given))
        return self._accounts[id]

    def forget(self) -> None:
        """Delete all that is kept in any account."""
        for account in self._accounts.values():
            account.forget()

    def close(self) -> None:
        self._server.stop()

    def _client(self, service: str, credentials: Mapping[str, Any] | None = None) -> Any:
        given = credentials or {"AccessKeyId": "nobody's", "SecretAccessKey": "nobody's", "SessionToken": None}
        return boto3.client(
            service,
            endpoint_url=self._endpoint,
            region_name="eu-central-1",
            aws_access_key_id=given["AccessKeyId"],
            aws_secret_access_key=given["SecretAccessKey"],
            aws_session_token=given["SessionToken"],
            config=Config(proxies={}),  # not even one that the environment names
        )


class Account:
    """IAM and Systems Manager of one account."""

    def __init__(self, iam: Any, ssm: Any) -> None:
        self._iam, self._ssm = iam, ssm
        self._principals: list[Principal] = []
        self._changes = 0

    def create_principal(self, kind: str, name: str) -> Principal:
        trust = {"AssumeRolePolicyDocument": "{}"} if kind == "role" else {}
        made = getattr(self._iam, f"create_{kind}")(**{f"{kind.title()}Name": name}, **trust)
        principal = Principal(made[kind.title()]["Arn"])
        self._principals.append(principal)
        return principal

    def delete_principal(self, principal: Principal) -> None:
        self._ask("delete_{}", principal)
        self._principals.remove(principal)

    def tag(self, principal: Principal, key: str, value: str) -> None:
        """Put a tag on, in place of one whose key differs only in case. Raises `TagNotTaken`.

        IAM would replace that tag by itself; moto keeps both, so the older one is taken off here.
        """
        older = [spelling for spelling in self.spellings(principal, key) if spelling != key]
        try:
            self._ask("tag_{}", principal, Tags=[{"Key": key, "Value": value}])
        except (ClientError, ParamValidationError) as error:
            raise TagNotTaken(f"IAM refuses the tag {key!r} with the value {value!r}: {error}") from None
        if self.tags(principal).get(key) != value:
            raise TagNotTaken(f"IAM does not keep the tag {key!r} with the value {value!r} as it is")
        if older:
            self._ask("untag_{}", principal, TagKeys=older)

    def untag(self, principal: Principal, key: str) -> None:
        """Take off the tag with this key in any case; moto would take off only the one that is spelled so."""
        self._ask("untag_{}", principal, TagKeys=self.spellings(principal, key))

    def spellings(self, principal: Principal, key: str) -> list[str]:
        """The keys of the principal's tags that are this key in some case: one at most."""
        return [own for own in self.tags(principal) if own.lower() == key.lower()]

    def tags(self, principal: Principal) -> dict[str, str]:
        """The tags of a principal. Raises `TagNotTaken` where one cannot be told in XML."""
        try:
            return {tag["Key"]: tag["Value"] for tag in self._ask("list_{}_tags", principal)["Tags"]}
        except ResponseParserError:
            raise TagNotTaken("a tag has a character that XML cannot have") from None

    def preferences(self) -> dict[str, Any]:
        """The inputs of the preferences' document: runAsEnabled and runAsDefaultUser; empty where there is none."""
        with suppress(self._ssm.exceptions.InvalidDocument):
            inputs: dict[str, Any] = json.loads(self._ssm.get_document(Name=DOCUMENT)["Content"])["inputs"]
            return inputs
        return {}

    def update_preferences(self, run_as_enabled: bool | str, default_user: str) -> None:
        """Make a new version of the document the one that counts, as the console does, or create the document."""
        self._changes += 1
        content = json.dumps(
            {
                "schemaVersion": "1.0",
                "description": f"Change {self._changes}",  # the same content twice would be refused
                "sessionType": "Standard_Stream",
                "inputs": {"runAsEnabled": run_as_enabled, "runAsDefaultUser": default_user},
            }
        )
        if self._changes == 1:
            self._ssm.create_document(Name=DOCUMENT, DocumentType="Session", DocumentFormat="JSON", Content=content)
        else:
            made = self._ssm.update_document(Name=DOCUMENT, DocumentVersion="$LATEST", Content=content)
            version = made["DocumentDescription"]["DocumentVersion"]
            self._ssm.update_document_default_version(Name=DOCUMENT, DocumentVersion=version)

    def forget(self) -> None:
        for principal in list(self._principals):
            self.delete_principal(principal)
        if self._changes:
            self._ssm.delete_document(Name=DOCUMENT)
            self._changes = 0

    def _ask(self, operation: str, principal: Principal, **arguments: Any) -> Any:
        name = {f"{principal.kind.title()}Name": principal.name}
        return getattr(self._iam, operation.format(principal.kind))(**name, **arguments)
