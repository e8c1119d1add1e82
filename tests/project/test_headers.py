def test_the_security_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(client):
    policy = client.get("/")["Content-Security-Policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))

    assert parts["default-src"] == "'none'"
    assert parts["frame-ancestors"] == "'none'"
    assert set(parts.values()) == {"'none'", "'self'"}


def test_the_headers_that_keep_a_page_to_itself_are_sent(client):
    answer = client.get("/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
