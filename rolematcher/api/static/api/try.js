// The document becomes a list of calls with forms to try them. A token typed here stays in this page and ends with it.
(function () {
  "use strict";
  var place = document.getElementById("calls");
  window.SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    docExpansion: "list",
    deepLinking: true,
    defaultModelsExpandDepth: -1,
    persistAuthorization: false,
    validatorUrl: null
  });
})();
