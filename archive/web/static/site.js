// Small comforts; every page works without them.
"use strict";

// "/" goes to the search box, as in most archives.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// A button beside each text that is made to be copied.
for (const text of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = "复制";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "said";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      said.textContent = "已复制";
    } catch {
      said.textContent = "浏览器不允许复制，请手动选取";
    }
  });
  text.after(button, said);
}
