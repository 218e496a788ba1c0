// Settings of Camunda's Tasklist; takes the place of the file in camunda-webapp-webjar.
export default {
  app: {vendor: 'Διαδρομή', name: 'Εργασίες'},
  locales: {availableLocales: ['el'], fallbackLocale: 'el'},
  dateFormat: {
    monthName: 'MMMM',
    day: 'DD',
    abbr: 'DD/MM/YYYY, HH:mm',
    normal: 'DD/MM/YYYY, HH:mm',
    long: 'dddd D MMMM YYYY, HH:mm',
    short: 'DD/MM/YYYY'
  },
  // Shared by the four applications; the path is relative to this application's folder.
  customScripts: ['../../../assets/webapps.js'],
  disableWelcomeMessage: true,
  shortcuts: {
    claimTask: {key: 'ctrl+alt+c', description: 'Ανάληψη της επιλεγμένης εργασίας'},
    focusFilter: {key: 'ctrl+shift+f', description: 'Μετάβαση στο πρώτο φίλτρο της λίστας'},
    focusList: {key: 'ctrl+alt+l', description: 'Μετάβαση στην πρώτη εργασία της λίστας'},
    focusForm: {key: 'ctrl+alt+f', description: 'Μετάβαση στο πρώτο πεδίο της φόρμας'},
    startProcess: {key: 'ctrl+alt+p', description: 'Έναρξη νέας διαδικασίας'}
  }
};
