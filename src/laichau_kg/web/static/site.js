// What makes the pages nicer where scripts run; every page works without.
"use strict";

// Tables marked data-sortable: a button in each head sorts the rows, where there are some.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  if (body.rows.length < 3) continue;
  const heads = [...table.tHead.rows[0].cells];
  const language = document.documentElement.lang;
  const order = new Intl.Collator(language, { numeric: true });
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell ? (cell.dataset.value ?? cell.textContent.trim()) : "";
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const rows = [...body.rows].sort((one, two) => {
        const [a, b] = [key(one, column), key(two, column)];
        if (a === "" || b === "") return (a === "") - (b === "");
        const numbers = a !== "" && b !== "" && !isNaN(a) && !isNaN(b);
        const sign = numbers ? a - b : order.compare(a, b);
        return falling ? -sign : sign;
      });
      body.append(...rows);
    });
  });
}

// The search field: names as one types, by an ARIA combobox; Enter without a choice searches as ever.
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${field.id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
  list.hidden = true;
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let chosen = -1;
  let waiting = 0;
  let asked = "";
  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (next) => {
    const all = options();
    if (!all.length) return;
    chosen = (next + all.length) % all.length;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    field.setAttribute("aria-activedescendant", all[chosen].id);
  };
  const show = (found) => {
    list.replaceChildren(
      ...found.map((one, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.href = one.href;
        const kind = document.createElement("small");
        kind.textContent = ` ${one.kind}`;
        option.append(one.name, kind);
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          location.assign(one.href);
        });
        return option;
      }),
    );
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!!found.length));
    chosen = -1;
  };
  const ask = async () => {
    const text = field.value.trim();
    if (text.length < 2) return close();
    asked = text;
    const address = `${field.dataset.suggest}?q=${encodeURIComponent(text)}&lang=${field.dataset.lang}`;
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (answer.ok && asked === text) show(await answer.json());
    } catch {
      close();
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !list.hidden) choose(chosen + 1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(options()[chosen].dataset.href);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
}

// Buttons marked data-copy="#id" copy the text of another element.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.textContent = button.dataset.copied ?? button.textContent;
  });
}
