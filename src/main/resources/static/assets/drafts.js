// Keeps what has been typed into the forms of a page for as long as its tab is open: a login that has run out meanwhile costs no text.
// Passwords are never kept, and a draft goes when its form has arrived, when somebody logs out and when somebody else logs in.

const PREFIX = 'draft ';
const SENT = 'draft-sent';
const MOST = 200000;
const WRITTEN = 'textarea, input:not([type]), input[type=text], input[type=email], input[type=tel], input[type=search], ' +
  'input[type=number], input[type=date], input[type=time], input[type=url]';
const LEFT_OUT = ['password', 'hidden', 'file', 'submit', 'button', 'reset'];

const user = document.body.dataset.user || '';
const place = document.querySelector('main').dataset.place || '';
const store = window.sessionStorage;

function drafts() {
  return Object.keys(store).filter(key => key.startsWith(PREFIX));
}

function keyOf(form) {
  return `${PREFIX}${user} ${window.location.pathname} ${new URL(form.action).pathname}`;
}

function fields(form) {
  return [...form.elements].filter(field => field.name && field.type && !LEFT_OUT.includes(field.type));
}

function read(form) {
  return fields(form).map(field => [
    field.name,
    ['radio', 'checkbox'].includes(field.type) ? [field.value, field.checked] : field.value
  ]);
}

function fill(form, draft) {
  const all = fields(form);
  for (const [name, value] of draft) {
    for (const field of all.filter(each => each.name === name)) {
      if (!['radio', 'checkbox'].includes(field.type)) {
        field.value = value;
      } else if (Array.isArray(value) && field.value === value[0]) {
        field.checked = value[1];
      }
    }
  }
}

function keep(form) {
  try {
    const text = JSON.stringify(read(form));
    if (text.length <= MOST) {
      store.setItem(keyOf(form), text);
    }
  } catch (full) {
    // The browser keeps no more, or nothing at all: the form works without.
  }
}

function tell(form) {
  const notice = document.getElementById('draft-notice').content.firstElementChild.cloneNode(true);
  notice.querySelector('button').addEventListener('click', () => {
    store.removeItem(keyOf(form));
    form.reset();
    notice.remove();
  });
  form.prepend(notice);
}

const sent = store.getItem(SENT);
const arrived = place === '' && window.location.hash !== '#unsent';
if (sent && arrived) {
  store.removeItem(sent);
}
store.removeItem(SENT);
if (user) {
  drafts().filter(key => !key.startsWith(`${PREFIX}${user} `) && !key.startsWith(`${PREFIX} `))
    .forEach(key => store.removeItem(key));
}
if (place === 'out') {
  // Those of Tasklist as well.
  Object.keys(store).filter(key => key.startsWith('draft')).forEach(key => store.removeItem(key));
}

if (place === 'login' && window.location.hash.startsWith('#/')) {
  // Where one was in Tasklist: the server never sees that part of an address, but the browser takes it along.
  for (const form of document.querySelectorAll('main form')) {
    form.action += window.location.hash;
  }
}

if (place === '') {
  for (const form of document.querySelectorAll('main form[method=post]:not([data-no-draft])')) {
    if (!form.querySelector(WRITTEN)) {
      continue;
    }
    const kept = store.getItem(keyOf(form));
    if (kept && kept !== JSON.stringify(read(form))) {
      fill(form, JSON.parse(kept));
      tell(form);
    }
    form.addEventListener('input', () => keep(form));
    form.addEventListener('change', () => keep(form));
    form.addEventListener('submit', () => {
      if (store.getItem(keyOf(form))) {
        store.setItem(SENT, keyOf(form));
      }
    });
  }
}
for (const out of document.querySelectorAll('form[data-logout]')) {
  out.addEventListener('submit', () => drafts().forEach(key => store.removeItem(key)));
}
