// Makes Camunda's web applications part of this one: its login, its language, and in Tasklist its menu.

const base = document.querySelector('base');
const root = new URL(`${base.getAttribute('app-root')}/..`, window.location.origin).pathname.replace(/\/$/, '');
const app = base.getAttribute('app-name');

// Their own login page knows nothing of ours. Their router changes the address without an event now and then, so both
// its event and the page's content are watched.
function toOurLogin() {
  if (window.location.hash.startsWith('#/login')) {
    window.location.assign(`${root}/login`);
  }
}
window.addEventListener('hashchange', toOurLogin);
new MutationObserver(toOurLogin).observe(document.body, {childList: true, subtree: true});
toOurLogin();

if (app !== 'cockpit') {
  document.documentElement.lang = 'el';
}

// The places outside Tasklist that are open to the person.
const menu = {
  id: 'diadromi-menu',
  pluginPoint: 'tasklist.navbar.action',
  priority: 1000,
  render: async node => {
    const answer = await fetch(`${root}/menu`, {headers: {Accept: 'application/json'}});
    if (!answer.ok) {
      return;
    }
    for (const item of await answer.json()) {
      // Camunda's own applications are in the list beside the person's name.
      if (!item.path.startsWith(`${root}/camunda/app/`)) {
        const link = document.createElement('a');
        link.href = item.path;
        link.textContent = item.label;
        link.className = 'diadromi-link';
        node.append(link);
      }
    }
  },
  unmount: () => {}
};

export default app === 'tasklist' ? [menu] : [];
