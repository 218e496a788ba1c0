// Settings of Camunda's Cockpit; takes the place of the file in camunda-webapp-webjar.
export default {
  app: {vendor: 'Διαδρομή', name: 'Cockpit'},
  locales: {availableLocales: ['en'], fallbackLocale: 'en'},
  // Shared by the four applications; the path is relative to this application's folder.
  customScripts: ['../../../assets/webapps.js'],
  disableWelcomeMessage: true
};
