// Keys (WebAuthn) on the pages of sign-in. What a form needs stands in its data attributes; allauth's script does the rest.
document.addEventListener("DOMContentLoaded", () => {
  if (!window.PublicKeyCredential) return;
  const problem = document.getElementById("nyckel-fel");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (problem) problem.hidden = false;
  });
  for (const form of document.querySelectorAll("form[data-key]")) {
    form.hidden = false;
    const { key, ...ids } = form.dataset;
    window.allauth.webauthn.forms[key]({ ids });
  }
  for (const told of document.querySelectorAll("[data-without-keys]")) told.hidden = true;
});
