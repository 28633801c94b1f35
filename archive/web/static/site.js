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
offerCopies(document);

function offerCopies(within) {
  for (const text of within.querySelectorAll("[data-copy]")) {
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
}

// The card of a cell beside its table: what the cell's own page says of it.
const read = document.querySelector(".report[data-version]");
if (read && window.HTMLDialogElement) cardsFor(read);

function cardsFor(report) {
  const card = document.createElement("dialog");
  card.className = "card no-print";
  card.setAttribute("aria-labelledby", "card-title");
  document.querySelector("main").append(card);
  document.querySelector(".cell-note")?.remove();
  let from = null, wanted = "";

  const close = () => {
    if (!card.open) return;
    wanted = "";
    card.close();
    const back = from?.isConnected ? from : null;
    if (!back) return;
    if (!back.matches("a")) back.tabIndex = -1;
    back.focus();
  };
  const show = async (cell, opener) => {
    wanted = cell.id;
    from = opener;
    const page = `${location.pathname}/cells/${cell.id}?version=${report.dataset.version}`;
    let told = null;
    try {
      const answer = await fetch(page);
      if (answer.ok) told = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { /* said below */ }
    if (wanted !== cell.id) return; // another cell, or closed meanwhile
    const title = document.createElement("h2");
    title.id = "card-title";
    title.tabIndex = -1;
    title.textContent = told?.querySelector("h1")?.textContent || "这一格";
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "button quiet";
    shut.textContent = "关闭";
    shut.addEventListener("click", close);
    const body = told?.querySelector("[data-card]");
    const link = document.createElement("a");
    link.href = page;
    link.textContent = body ? "单独打开" : "暂时读不到，请打开这一格的页面";
    card.replaceChildren(shut, title, ...(body ? [document.adoptNode(body)] : []), link);
    // The page has a part of this name already.
    for (const one of card.querySelectorAll("#cite")) one.id = "card-cite";
    for (const one of card.querySelectorAll("[aria-labelledby=cite]")) one.setAttribute("aria-labelledby", "card-cite");
    for (const one of card.querySelectorAll("a.address")) one.textContent = one.href;
    offerCopies(card);
    if (!card.open) card.show();
    card.scrollTop = 0;
    title.focus({ preventScroll: true });
  };
  const named = async () => {
    const cell = document.getElementById(location.hash.slice(1));
    if (!cell?.matches(".statutory td")) return;
    // Opening the card would end the browser's own smooth way to the cell.
    document.documentElement.style.scrollBehavior = "auto";
    await show(cell, cell.querySelector("a") || cell);
    cell.scrollIntoView({ block: "start" });
    document.documentElement.style.scrollBehavior = "";
  };
  report.addEventListener("click", (event) => {
    const cell = event.target.closest(".statutory td[id]");
    if (!cell || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // The link goes on to where the number is printed; the card stays beside it.
    show(cell, cell.querySelector("a") || cell);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  addEventListener("hashchange", named);
  named();
}

// Suggestions under the search boxes: a combobox as the ARIA practices describe it.
const KINDS = { agency: "机关", body: "各地同类机关", word: "词语" };
for (const box of document.querySelectorAll(".searchbox input[type=search]")) suggestFor(box);

function suggestFor(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "建议");
  const field = document.createElement("div");
  field.className = "field";
  box.replaceWith(field);
  field.append(box, list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) box.setAttribute(name, value);
  let at = -1, asked = "", typed = "", waiting = 0, known = new Map();

  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[at].id);
    box.value = at < 0 ? typed : list.children[at].dataset.text;
  };
  const choose = (item) => {
    box.value = item.dataset.text;
    close();
    box.form.requestSubmit();
  };
  const show = (suggestions) => {
    close();
    list.replaceChildren(...suggestions.map((one, place) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${place}`;
      item.dataset.text = one.text;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = one.count ? `${KINDS[one.kind]} ${one.count} 份` : KINDS[one.kind];
      item.append(one.text, kind);
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => choose(item));
      return item;
    }));
    if (!suggestions.length) return;
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    const text = (typed = box.value).trim();
    asked = text;
    if (!text || text.length > 40) return close();
    if (!known.has(text)) {
      try {
        const answer = await fetch(`/search/suggest.json?q=${encodeURIComponent(text)}`);
        if (!answer.ok) return close();
        known.set(text, (await answer.json()).suggestions);
      } catch {
        return close();
      }
    }
    if (asked === text && document.activeElement === box) show(known.get(text));
  };
  box.addEventListener("input", (event) => {
    if (event.isComposing) return; // pinyin that an input method has not yet turned into characters
    clearTimeout(waiting);
    waiting = setTimeout(ask, 90);
  });
  box.addEventListener("compositionend", ask);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") mark(at === last ? -1 : at + 1);
    else if (event.key === "ArrowUp") mark(at === -1 ? last : at - 1);
    else if (event.key === "Escape") { mark(-1); close(); }
    else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
    else return;
    event.preventDefault();
  });
}
