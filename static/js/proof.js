/* The proof page: the browser makes the file's SHA-256 and sends that alone. Without this the file is sent. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-proof-by-hash]");
  if (!form || !window.crypto || !window.crypto.subtle) { return; }

  const hexadecimal = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

  form.addEventListener("submit", (event) => {
    const file = form.elements.file.files[0];
    if (!file) { return; }
    event.preventDefault();
    file.arrayBuffer()
      .then((content) => window.crypto.subtle.digest("SHA-256", content))
      .then((digest) => { window.location.assign(`${form.action.split("?")[0]}?sha256=${hexadecimal(digest)}`); })
      .catch(() => { form.submit(); });
  });
})();
