// What the pages do on top of what they can do without this file. Every form and link works when it never arrives.
(() => {
  "use strict";

  const SHORTCUTS = "tovholder-genveje";

  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  // Dresses every such part once, also those htmx brings in later.
  const dressed = new WeakSet();
  const dressEach = (selector, act) =>
    each(selector, (part) => {
      if (dressed.has(part)) return;
      dressed.add(part);
      act(part);
    });

  const remembered = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // The browser may forbid it; then the choice lasts for this page.
    }
  };

  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // As above.
    }
  };

  // Buttons that only make sense with a script are hidden until now.
  function reveal() {
    each("[data-print], [data-keys-open]", (button) => (button.hidden = false));
  }

  // Printing opens everything that is folded, and folds it again.
  function printing() {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open]):not([data-menu])")];
      opened.forEach((details) => (details.open = true));
    });
    addEventListener("afterprint", () => {
      opened.forEach((details) => (details.open = false));
      opened = [];
    });
  }

  // After a refused form the reader should hear the list of errors first.
  function focusErrors() {
    const summary = document.querySelector("[data-focus]");
    if (summary) summary.focus();
  }

  function closeMenus(except) {
    each("details[data-menu][open]", (menu) => {
      if (menu !== except) menu.open = false;
    });
  }

  function menus() {
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-print]")) print();
      closeMenus(event.target.closest("details[data-menu]"));
    });
    document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details[data-menu]")));
  }

  // One-letter shortcuts can be turned off, because people who speak to their machine type letters without meaning to.
  function keyboard() {
    const dialog = document.getElementById("keys");
    const toggle = document.querySelector("[data-keys-switch]");
    let on = remembered(SHORTCUTS) !== "fra";

    const label = () => {
      if (toggle) toggle.textContent = on ? toggle.dataset.off : toggle.dataset.on;
    };
    label();
    if (toggle) {
      toggle.addEventListener("click", () => {
        on = !on;
        remember(SHORTCUTS, on ? "til" : "fra");
        label();
      });
    }
    document.addEventListener("click", (event) => {
      if (dialog && event.target.closest("[data-keys-open]")) {
        closeMenus();
        dialog.showModal();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        const menu = event.target.closest && event.target.closest("details[data-menu][open]");
        closeMenus();
        if (menu) menu.querySelector("summary").focus();
        return;
      }
      if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest && event.target.closest("input, textarea, select, [contenteditable]")) return;
      const find = document.querySelector("[data-find]");
      if (event.key === "/" && find) {
        event.preventDefault();
        find.focus();
        find.select();
      }
      if (event.key === "?" && dialog && !dialog.open) {
        event.preventDefault();
        dialog.showModal();
      }
    });
  }

  // Rows of a form that repeat: the page holds some spare ones, and a button shows them one by one.
  function rows() {
    dressEach("[data-rows]", (group) => {
      const button = group.querySelector("[data-rows-add]");
      if (!button) return;
      const spare = [...group.querySelectorAll("[data-row]")].slice(Number(group.dataset.rows) || 1).filter((row) => {
        // What is chosen beforehand, such as a date, is not yet written: where a row has fields to write in, those alone count.
        const written = [...row.querySelectorAll("input[type=text], textarea")];
        const fields = written.length ? written : [...row.querySelectorAll("input:not([type=hidden]), select")];
        const untouched = fields.every((field) => (/checkbox|radio/.test(field.type) ? field.checked === field.defaultChecked : !field.value));
        return untouched && !row.querySelector(".form-error");
      });
      if (!spare.length) return;
      spare.forEach((row) => (row.hidden = true));
      button.hidden = false;
      button.addEventListener("click", () => {
        const row = spare.shift();
        row.hidden = false;
        const field = row.querySelector("input:not([type=hidden]), textarea, select");
        if (field) field.focus();
        if (!spare.length) button.hidden = true;
      });
    });
  }

  // What is typed is kept on the server some seconds later, so that neither a time-out nor an empty battery loses it.
  function drafts() {
    dressEach("form[data-draft]", (form) => {
      const status = form.querySelector("[data-draft-status]");
      let timer = 0;
      let dirty = false;
      let sending = false;
      let sent = false;
      let failures = 0;

      const body = () => {
        const fields = new URLSearchParams();
        for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
        return fields;
      };
      const later = (delay) => {
        clearTimeout(timer);
        timer = setTimeout(keep, delay);
      };
      const say = (text) => {
        if (status && status.textContent !== text) status.textContent = text;
      };

      async function keep() {
        if (!dirty || sent) return;
        if (sending) return later(1000);
        sending = true;
        dirty = false;
        try {
          const answer = await fetch(form.dataset.draft, { method: "POST", body: body(), credentials: "same-origin", redirect: "error" });
          if (!answer.ok) throw new Error(answer.status);
          failures = 0;
          document.dispatchEvent(new Event("tovholder:sign"));
          if (status) {
            const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
            say(`${status.dataset.kept} ${clock}`);
          }
        } catch {
          dirty = true;
          failures += 1;
          if (status) say(status.dataset.failed);
          later(Math.min(60000, 5000 * failures));
        } finally {
          sending = false;
        }
      }

      form.addEventListener("input", () => {
        dirty = true;
        later(3000);
      });
      form.addEventListener("submit", () => {
        sent = true;
        clearTimeout(timer);
      });
      // Coming back with the browser's arrow finds the page as it was left: it may be typed in again.
      addEventListener("pageshow", () => (sent = false));
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden" && dirty && !sent) {
          // A beacon holds no more than 64 KB: what is longer is sent as usual, which a hidden page also may.
          if (navigator.sendBeacon(form.dataset.draft, body())) dirty = false;
          else keep();
        }
      });
    });
  }

  // Says in time that the session is about to end, and lets one stay. Several tabs share one session, and the last sign of life in any of them counts.
  function session() {
    const box = document.querySelector("[data-session-ends]");
    if (!box) return;
    const SEEN = "tovholder-tegn";
    const WARN = 5 * 60 * 1000;
    const says = box.querySelector("[data-session-says]");
    const stay = box.querySelector("[data-session-stay]");
    const back = box.querySelector("[data-session-back]");
    const lasts = Number(box.dataset.sessionEnds) * 1000;
    let mine = Date.now();
    let timer = 0;
    const seen = () => Math.max(mine, Number(remembered(SEEN)) || 0);
    const sign = () => {
      mine = Date.now();
      remember(SEEN, String(mine));
      box.hidden = true;
      says.textContent = "";
      look();
    };
    function look() {
      clearTimeout(timer);
      const left = seen() + lasts - Date.now();
      if (left > WARN) {
        box.hidden = true;
        timer = setTimeout(look, Math.min(left - WARN, 60000));
        return;
      }
      const over = left <= 0;
      if (box.hidden || (over && back.hidden)) {
        box.hidden = false;
        says.textContent = over ? says.dataset.sessionOver : says.dataset.sessionSays;
        stay.hidden = over;
        back.hidden = !over;
      }
      timer = setTimeout(look, 5000);
    }
    stay.addEventListener("click", async () => {
      try {
        const answer = await fetch("/sessions/stay", { credentials: "same-origin", redirect: "error" });
        if (answer.ok) return sign();
      } catch {
        // The session is over, or the network is: the link leads to logging in and back here.
      }
      stay.hidden = true;
      back.hidden = false;
    });
    document.addEventListener("tovholder:sign", sign);
    sign();
  }

  function dress() {
    reveal();
    rows();
    drafts();
  }

  printing();
  menus();
  keyboard();
  session();
  dress();
  focusErrors();
  document.addEventListener("htmx:after:swap", () => {
    dress();
    // The button that was pressed is gone: go on reading from the message above, not from the top of the window.
    if (document.activeElement === document.body) document.getElementById("indhold")?.focus({ preventScroll: true });
  });
})();
