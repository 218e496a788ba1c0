// Makes Camunda's web applications part of this one: its login, its language, and in Tasklist its menu.

import {forgetDrafts, keepDrafts} from './tasklist-drafts.js';

const base = document.querySelector('base');
const root = new URL(`${base.getAttribute('app-root')}/..`, window.location.origin).pathname.replace(/\/$/, '');
const app = base.getAttribute('app-name');

// Their own login page knows nothing of ours. Their router changes the address without an event now and then, so both
// its event and the page's content are watched.
let lastPlace = '';
let leaving = false;
let loggingOut = false;
function toOurLogin() {
  if (!window.location.hash.startsWith('#/login')) {
    lastPlace = window.location.hash;
  } else if (!leaving) {
    // One comes back to the same task.
    leaving = true;
    const place = encodeURIComponent(window.location.pathname.slice(root.length) + lastPlace);
    window.location.assign(`${root}/login?${loggingOut ? 'out' : `from=${place}`}`);
  }
}
// Who logs out wants to come back to nothing.
document.addEventListener('click', event => {
  if (event.target.closest('[ng-click="logout()"]')) {
    forgetDrafts();
    loggingOut = true;
  }
}, true);
window.addEventListener('hashchange', toOurLogin);
new MutationObserver(toOurLogin).observe(document.body, {childList: true, subtree: true});
toOurLogin();

if (app !== 'cockpit') {
  document.documentElement.lang = 'el';
}

// On a slow line the applications draw some places before their texts are there, and leave the texts' names standing.
const TEXT_ATTRIBUTES = ['placeholder', 'title', 'aria-label', 'uib-tooltip'];
// In Tasklist a name beside other words may be somebody's own: of a document, in a comment.
const NAME_OF_TEXT = app === 'admin' ? /\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g : /^\s*([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\s*$/;
// What the applications would have put into a text is not known any more.
const PLACE_IN_TEXT = /:?\s*«?\{\{.*?\}\}»?/g;
const language = app === 'cockpit' ? 'en' : 'el';
fetch(`${root}/camunda/app/${app}/locales/${language}.json`)
  .then(answer => answer.json())
  .then(({labels}) => {
    const mended = text => text.replace(NAME_OF_TEXT, (found, name) => labels[name]?.replace(PLACE_IN_TEXT, '') ?? found);
    const mend = node => {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = mended(node.data);
        if (text !== node.data) {
          node.data = text;
        }
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        for (const attribute of TEXT_ATTRIBUTES) {
          const shown = node.getAttribute(attribute);
          const text = shown && mended(shown);
          if (text !== shown) {
            node.setAttribute(attribute, text);
          }
        }
        node.childNodes.forEach(mend);
      }
    };
    mend(document.body);
    new MutationObserver(changes => {
      for (const change of changes) {
        if (change.type === 'childList') {
          change.addedNodes.forEach(mend);
        } else {
          mend(change.target);
        }
      }
    }).observe(document.body, {
      childList: true, characterData: true, subtree: true, attributeFilter: TEXT_ATTRIBUTES
    });
  });

// The library that draws the forms has its words in English only.
const formTexts = [
  [/^Select$/, 'Επιλέξτε'],
  [/^Nothing found$/, 'Δεν βρέθηκε'],
  [/^Field is required\.$/, 'Συμπληρώστε το πεδίο.'],
  [/^Field must have maximum length of (\d+)\.$/, 'Έως $1 χαρακτήρες.'],
  [/^Field must have minimum length of (\d+)\.$/, 'Τουλάχιστον $1 χαρακτήρες.'],
  [/^Field must have maximum value of (.+)\.$/, 'Η τιμή πρέπει να είναι το πολύ $1.'],
  [/^Field must have minimum value of (.+)\.$/, 'Η τιμή πρέπει να είναι τουλάχιστον $1.'],
  [/^Field must match pattern .+$/, 'Η μορφή δεν είναι σωστή.'],
  [/^Field must be a valid email\.$/, 'Η ηλεκτρονική διεύθυνση δεν είναι σωστή.'],
  [/^Value is expected to be an integer\.?$/, 'Γράψτε ακέραιο αριθμό.'],
  [/^Value is expected to have at most (\d+) decimal digits?\.?$/, 'Έως $1 δεκαδικά ψηφία.'],
  [/^Value is not a number\.$/, 'Γράψτε αριθμό.']
];
function translateForms() {
  document.querySelectorAll('.fjs-container input[placeholder="Search"]').forEach(input => {
    input.placeholder = 'Αναζήτηση';
  });
  const places = document.querySelectorAll('.fjs-select-placeholder, .fjs-dropdownlist-empty, .fjs-form-field-error');
  for (const place of places) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [english, greek] of formTexts) {
        if (english.test(node.data)) {
          node.data = node.data.replace(english, greek);
        }
      }
    }
  }
}
if (app === 'tasklist') {
  keepDrafts(root);
  new MutationObserver(translateForms).observe(document.body, {childList: true, characterData: true, subtree: true});
}

// The places outside Tasklist that are open to the person. The bar has room for a few; the others are behind a button.
const menu = {
  id: 'diadromi-menu',
  pluginPoint: 'tasklist.navbar.action',
  priority: 1000,
  render: async node => {
    const answer = await fetch(`${root}/menu`, {headers: {Accept: 'application/json'}});
    if (!answer.ok) {
      return;
    }
    // Camunda's own applications are in the list beside the person's name.
    const items = (await answer.json()).filter(item => !item.path.startsWith(`${root}/camunda/app/`));
    const links = items.map(item => {
      const link = document.createElement('a');
      link.href = item.path;
      link.textContent = item.label;
      return link;
    });
    const bar = document.createElement('nav');
    bar.className = 'diadromi-menu';
    bar.append(...(links.length > 3 ? links.splice(0, 2) : links.splice(0)));
    if (links.length > 0) {
      bar.append(more(links));
    }
    node.append(bar);
  },
  unmount: () => {}
};

function more(links) {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Περισσότερα';
  const list = document.createElement('div');
  list.append(...links);
  details.append(summary, list);
  document.addEventListener('click', event => {
    if (!details.contains(event.target)) {
      details.open = false;
    }
  });
  details.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      details.open = false;
      summary.focus();
    }
  });
  return details;
}

// The file of the case to which the task belongs, as a tab beside its form.
const caseFile = {
  id: 'diadromi-case',
  pluginPoint: 'tasklist.task.detail',
  priority: 900,
  properties: {label: 'Φάκελος'},
  render: async (node, {taskId}) => {
    node.textContent = 'Φόρτωση…';
    // The header says that a script asks: it is then refused, and not sent to the login page, when nobody is logged in any more.
    const answer = await fetch(`${root}/cases/beside/${encodeURIComponent(taskId)}`, {headers: {'HX-Request': 'true', Accept: 'text/html'}});
    if (answer.status === 401) {
      window.location.assign(`${root}/login`);
    } else if (answer.ok) {
      node.innerHTML = await answer.text();
    } else {
      node.textContent = 'Ο φάκελος δεν είναι διαθέσιμος.';
    }
  },
  unmount: () => {}
};

export default app === 'tasklist' ? [menu, caseFile] : [];
