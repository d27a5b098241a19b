"""Authlib as its documentation uses it: one scenario comes as JSON by standard input, and what Authlib got goes out as JSON."""

import json
import re
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import AssertionSession, OAuth2Session
from authlib.jose import JsonWebKey, jwt
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc7523 import ClientSecretJWT, PrivateKeyJWT
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata, get_well_known_url
from authlib.oidc.core import CodeIDToken

REDIRECT = "https://app.example/callback"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
BY_ASSERTION = {
    "client_secret_jwt": lambda endpoint: ClientSecretJWT(endpoint),
    "private_key_jwt": lambda endpoint: PrivateKeyJWT(endpoint, alg="ES256"),
}


def metadata_of(issuer):
    found = requests.get(get_well_known_url(issuer, external=True)).json()
    metadata = AuthorizationServerMetadata(found)
    metadata.validate()
    return metadata


def session_of(scenario, metadata):
    method = scenario["method"]
    session = OAuth2Session(
        scenario["clientId"],
        scenario["credential"],
        token_endpoint_auth_method=method,
        revocation_endpoint_auth_method=method,
        redirect_uri=REDIRECT,
        code_challenge_method="S256",
    )
    if method in BY_ASSERTION:
        session.register_client_auth_method(
            BY_ASSERTION[method](metadata["token_endpoint"])
        )
    return session


def sign_in(url, account):
    """What the person does in a browser; gives the address that the browser is sent to."""
    page = requests.get(url, allow_redirects=False)
    sealed = re.search('name="request" value="([^"]+)"', page.text).group(1)
    sent = requests.post(
        url.split("?")[0], data={"request": sealed, **account}, allow_redirects=False
    )
    return sent.headers["location"]


def refusal(ask):
    try:
        ask()
    except (OAuthError, OAuth2Error) as error:
        return error.error
    return None


def code_flow(session, metadata, scenario):
    verifier = generate_token(48)
    nonce = generate_token()
    url, state = session.create_authorization_url(
        metadata["authorization_endpoint"],
        code_verifier=verifier,
        nonce=nonce,
        scope="openid offline_access read write",
        resource=scenario["resource"],
    )
    token = session.fetch_token(
        metadata["token_endpoint"],
        authorization_response=sign_in(url, scenario["account"]),
        state=state,
        code_verifier=verifier,
    )
    keys = JsonWebKey.import_key_set(requests.get(metadata["jwks_uri"]).json())
    claims = jwt.decode(
        token["id_token"],
        keys,
        claims_cls=CodeIDToken,
        claims_options={"iss": {"values": [metadata["issuer"]]}},
        claims_params={
            "client_id": session.client_id,
            "nonce": nonce,
            "access_token": token["access_token"],
        },
    )
    claims.validate()
    access = jwt.decode(
        token["access_token"],
        keys,
        claims_options={"aud": {"essential": True, "value": scenario["resource"]}},
    )
    access.validate()
    return token, claims, access


def sign_in_and_renew(scenario):
    metadata = metadata_of(scenario["issuer"])
    session = session_of(scenario, metadata)
    endpoint = metadata["token_endpoint"]
    first, claims, access = code_flow(session, metadata, scenario)
    less = session.refresh_token(endpoint, first["refresh_token"], scope="read")
    wider = refusal(
        lambda: session.refresh_token(endpoint, less["refresh_token"], scope="admin")
    )
    whole = session.refresh_token(endpoint, less["refresh_token"])
    session.revoke_token(metadata["revocation_endpoint"], whole["refresh_token"])
    return {
        "subject": claims["sub"],
        "audience": access["aud"],
        "rotated": first["refresh_token"] != less["refresh_token"],
        "scopes": [access["scope"], less["scope"], whole["scope"]],
        "wider": wider,
        "afterRevocation": refusal(
            lambda: session.refresh_token(endpoint, whole["refresh_token"])
        ),
    }


def own_token(scenario):
    metadata = metadata_of(scenario["issuer"])
    session = session_of(scenario, metadata)
    token = session.fetch_token(
        metadata["token_endpoint"],
        grant_type="client_credentials",
        scope="read",
        resource=scenario["resource"],
    )
    text = token["access_token"]

    def introspect():
        return session.introspect_token(
            metadata["introspection_endpoint"], text, "access_token"
        ).json()

    known = introspect()
    revoked = session.revoke_token(metadata["revocation_endpoint"], text)
    return {
        "known": {name: known.get(name) for name in ("active", "client_id", "aud")},
        "revocation": revoked.status_code,
        "afterwards": introspect(),
    }


def exchange(scenario):
    metadata = metadata_of(scenario["issuer"])
    subject, _, _ = code_flow(session_of(scenario, metadata), metadata, scenario)
    session = session_of(scenario["gateway"], metadata)
    token = session.fetch_token(
        metadata["token_endpoint"],
        grant_type=EXCHANGE,
        subject_token=subject["access_token"],
        subject_token_type=ACCESS_TOKEN,
        resource=scenario["target"],
    )
    return {
        "type": token["issued_token_type"],
        "scope": token["scope"],
        "refreshToken": token.get("refresh_token"),
    }


def assertion(scenario):
    metadata = metadata_of(scenario["issuer"])
    session = AssertionSession(
        metadata["token_endpoint"],
        issuer=scenario["idp"],
        subject="bob",
        audience=metadata["issuer"],
        claims={"jti": generate_token()},
        key=scenario["idpKey"],
        header={"alg": "ES256"},
    )
    session.auth = (scenario["clientId"], scenario["credential"])
    token = session.refresh_token()
    return {
        "scope": token["scope"],
        "again": refusal(session.refresh_token),
    }


SCENARIOS = {
    "metadata": lambda scenario: metadata_of(scenario["issuer"]),
    "sign in and renew": sign_in_and_renew,
    "own token": own_token,
    "exchange": exchange,
    "assertion": assertion,
}

given = json.load(sys.stdin)
json.dump(SCENARIOS[given["scenario"]](given), sys.stdout)
