/* A file is checked before it is sent, and one sees how far it is. Without this the form is sent as ever. */
(function () {
  "use strict";

  const words = document.getElementById("field-words");
  const say = (name) => (words ? words.dataset[name] : "");
  const size = (bytes) => (bytes < 1048576 ? Math.ceil(bytes / 1024) + " kB" : (bytes / 1048576).toFixed(1) + " MB");

  function wrong(field) {
    const most = Number(field.dataset.mostBytes);
    const ends = (field.accept || "").split(",").filter(Boolean);
    for (const file of field.files) {
      if (most && file.size > most) { return say("large").replace("{name}", file.name).replace("{size}", size(file.size)).replace("{most}", size(most)); }
      if (ends.length && !ends.some((end) => file.name.toLowerCase().endsWith(end))) { return say("type").replace("{name}", file.name).replace("{types}", ends.join(", ")); }
    }
    return "";
  }

  function line(field) {
    let said = field.parentNode.querySelector("[data-upload-said]");
    if (!said) {
      said = document.createElement("p");
      said.dataset.uploadSaid = "";
      said.id = field.id + "_said";
      said.setAttribute("aria-live", "polite");
      field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), said.id].filter(Boolean).join(" "));
      field.after(said);
    }
    return said;
  }

  function chosen(field) {
    const problem = wrong(field);
    field.setCustomValidity(problem);
    field.classList.toggle("is-invalid", Boolean(problem));
    const said = line(field);
    said.className = problem ? "late" : "count";
    said.textContent = problem || Array.from(field.files, (file) => say("chosen").replace("{name}", file.name).replace("{size}", size(file.size))).join(" ");
  }

  function send(form, button) {
    const field = Array.from(form.querySelectorAll("input[type=file]")).find((one) => one.files.length);
    const progress = document.createElement("progress");
    progress.className = "upload-progress";
    progress.max = 100;
    progress.setAttribute("aria-label", say("sending"));
    const said = line(field);
    said.className = "count";
    said.before(progress);
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action") || window.location.href);
    request.setRequestHeader("X-Upload", "1");
    const data = new FormData(form);
    if (button && button.name) { data.append(button.name, button.value); }
    let quarter = -1;
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) { return; }
      const percent = Math.round((event.loaded / event.total) * 100);
      progress.value = percent;
      // Read out by quarters.
      if (Math.floor(percent / 25) !== quarter) { quarter = Math.floor(percent / 25); said.textContent = say("progress").replace("{percent}", percent); }
    });
    const failed = () => { progress.remove(); said.className = "late"; said.textContent = say("failed"); if (button) { button.disabled = false; } form.dispatchEvent(new Event("form:stays", { bubbles: true })); };
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    request.addEventListener("load", () => {
      const address = request.getResponseHeader("X-Location");
      if (address) { window.location.assign(address); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
      if (!page) { failed(); return; }
      const main = document.querySelector("main");
      main.replaceChildren(...page.childNodes);
      main.dispatchEvent(new Event("kept:page", { bubbles: true }));
      begin(main);
      window.scrollTo(0, 0);
    });
    if (button) { button.disabled = true; }
    request.send(data);
  }

  function begin(root) {
    root.querySelectorAll("input[type=file]").forEach((field) => field.addEventListener("change", () => chosen(field)));
  }

  begin(document);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.enctype !== "multipart/form-data") { return; }
    const files = Array.from(form.querySelectorAll("input[type=file]")).filter((field) => field.files.length);
    if (!files.length || files.some(wrong)) { return; }
    event.preventDefault();
    send(form, event.submitter);
  });
})();
