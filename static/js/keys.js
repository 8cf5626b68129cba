// Passkeys and security keys: the browser makes or uses a key, and the form takes its answer to the portal.
(() => {
  "use strict";

  const optionsOf = async (form) => {
    if (!form.dataset.keyOptions) {
      return JSON.parse(document.getElementById("key-options").textContent);
    }
    const answer = await fetch(form.dataset.keyOptions, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).request_options;
  };

  const make = (options, alone) => {
    const wanted = options.publicKey.authenticatorSelection;
    wanted.residentKey = alone ? "required" : "discouraged";
    wanted.requireResidentKey = alone;
    if (alone) wanted.userVerification = "required";
    return window.webauthnJSON.create(options);
  };

  const answerOf = async (form) => {
    const options = await optionsOf(form);
    if (form.dataset.key === "get") return window.webauthnJSON.get(options);
    return make(options, form.elements.passwordless.checked);
  };

  for (const form of document.querySelectorAll("form[data-key]")) {
    const problem = form.querySelector("[data-key-problem]");
    form.querySelector("button").disabled = !window.PublicKeyCredential;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.textContent = "";
      try {
        form.elements.credential.value = JSON.stringify(await answerOf(form));
        form.submit();
      } catch {
        problem.textContent = problem.dataset.keyProblem;
      }
    });
  }
})();
