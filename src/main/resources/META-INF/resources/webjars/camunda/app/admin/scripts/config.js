// Settings of Camunda's Admin; takes the place of the file in camunda-webapp-webjar.
export default {
  app: {vendor: 'Διαδρομή', name: 'Διαχείριση'},
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
  disableWelcomeMessage: true
};
