// What somebody types into a task's form is theirs until it is sent: when their login runs out meanwhile, they find it again after the
// next one. It is kept in the tab, for that person and task, and goes when they log out or somebody else logs in.

const KEY = 'draft-task ';
const MOST = 20;
const store = window.sessionStorage;
const filled = new WeakSet();
let user = null;

function keys() {
  return Object.keys(store).filter(key => key.startsWith(KEY));
}

export function forgetDrafts() {
  keys().forEach(key => store.removeItem(key));
}

function task() {
  const found = /[?&;]task=([\w-]+)/.exec(window.location.hash);
  return found && found[1];
}

function keyOf(id) {
  return `${KEY}${user} ${id}`;
}

// The library numbers its forms anew each time; what follows the number is the field's own name.
function nameOf(field) {
  return field.id.replace(/^fjs-form-[^-]+-/, '');
}

function fields(form) {
  return [...form.querySelectorAll('input[id], textarea[id]')]
    .filter(field => !field.disabled && !field.readOnly && field.type !== 'file' && field.type !== 'search');
}

function isTick(field) {
  return field.type === 'checkbox' || field.type === 'radio';
}

function keep(event) {
  const form = event.target.closest('.task-card .fjs-container');
  const id = task();
  if (!form || !id || !user || !event.isTrusted) {
    return;
  }
  const draft = {};
  for (const field of fields(form)) {
    draft[nameOf(field)] = isTick(field) ? field.checked : field.value;
  }
  try {
    store.removeItem(keyOf(id));
    store.setItem(keyOf(id), JSON.stringify(draft));
    keys().slice(0, -MOST).forEach(key => store.removeItem(key));
  } catch (full) {
    // The browser keeps no more: the form works without.
  }
}

// The form's library listens to what a hand would do.
function write(field, value) {
  if (isTick(field)) {
    if (field.checked !== value && (value || field.type === 'checkbox')) {
      field.click();
    }
  } else if (field.value !== value) {
    const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, value);
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
  }
}

function restore() {
  const form = document.querySelector('.task-card .fjs-container');
  const id = task();
  if (!form || !id || !user || filled.has(form) || fields(form).length === 0) {
    return;
  }
  filled.add(form);
  const kept = store.getItem(keyOf(id));
  if (kept) {
    const draft = JSON.parse(kept);
    // Answers bring further questions: they are filled in as they appear.
    let rounds = 0;
    const again = () => {
      fields(form).filter(field => nameOf(field) in draft).forEach(field => write(field, draft[nameOf(field)]));
      if (++rounds < 4) {
        window.setTimeout(again, 250);
      }
    };
    again();
  }
}

export function keepDrafts(root) {
  fetch(`${root}/camunda/api/admin/auth/user/default`, {headers: {Accept: 'application/json'}})
    .then(answer => answer.ok ? answer.json() : null)
    .then(login => {
      if (login) {
        user = login.userId;
        keys().filter(key => !key.startsWith(`${KEY}${user} `)).forEach(key => store.removeItem(key));
        restore();
      }
    });
  document.addEventListener('input', keep, true);
  document.addEventListener('change', keep, true);
  new MutationObserver(restore).observe(document.body, {childList: true, subtree: true});
}
