// What the loader says in the language of the user, before the app can. The English sentences are the keys; one that is
// not here is shown in English. A classic script, so that the loader runs without it.

globalThis.oneshotWords = (() => {
  const crashed = "oneshot has stopped because of a fault in the program. Reload to start it again.";
  const noWasm = "This browser has no WebAssembly, which oneshot needs to run. A current Firefox, Chrome, Edge or Safari has it.";
  const noWebGL = "This browser cannot draw with WebGL 2, which oneshot needs. It may be switched off in the settings, or the graphics driver is not supported.";
  const part = "A part of oneshot is missing or damaged: {part} did not load. Reloading may help.";
  const framed = "oneshot does not run inside another page. Open it in a tab of its own.";
  const offline = "oneshot could not be loaded: the connection failed. Check it and reload.";
  const answered = "oneshot could not be loaded: the server answered {status} for {app}.";
  const page = "oneshot could not be loaded: the server sent a web page in place of {app}.";
  const other = "oneshot could not be loaded: the server sent something else in place of {app}.";
  const graphics = "The graphics card stopped drawing this page, so oneshot has to start again. Reload to go on.";
  const damaged = "oneshot could not be started: this browser does not know a part of WebAssembly that it uses, or the file arrived damaged. Update the browser, or reload.";
  const network = "oneshot cannot start: its network could not be loaded. Reloading the page may help.";
  const languages = {
    en: {},
    fr: {
      [crashed]: "oneshot s'est arrêté à cause d'une erreur du programme. Recharge la page pour le relancer.",
      [noWasm]: "Ce navigateur n'a pas WebAssembly, dont oneshot a besoin. Un Firefox, Chrome, Edge ou Safari récent l'a.",
      [noWebGL]: "Ce navigateur ne sait pas dessiner avec WebGL 2, dont oneshot a besoin. C'est peut-être désactivé dans les réglages, ou le pilote graphique n'est pas pris en charge.",
      [part]: "Une partie de oneshot manque ou est endommagée : {part} n'a pas été chargé. Recharger peut aider.",
      [framed]: "oneshot ne fonctionne pas à l'intérieur d'une autre page. Ouvre-le dans son propre onglet.",
      [offline]: "oneshot n'a pas pu être chargé : la connexion a échoué. Vérifie-la et recharge.",
      [answered]: "oneshot n'a pas pu être chargé : le serveur a répondu {status} pour {app}.",
      [page]: "oneshot n'a pas pu être chargé : le serveur a envoyé une page web à la place de {app}.",
      [other]: "oneshot n'a pas pu être chargé : le serveur a envoyé autre chose à la place de {app}.",
      [graphics]: "La carte graphique a cessé de dessiner cette page, oneshot doit donc redémarrer. Recharge pour continuer.",
      [damaged]: "oneshot n'a pas pu démarrer : ce navigateur ne connaît pas une partie de WebAssembly qu'il utilise, ou le fichier est arrivé abîmé. Mets le navigateur à jour, ou recharge.",
      [network]: "oneshot ne peut pas démarrer : son réseau n'a pas pu être chargé. Recharger la page peut aider.",
      "Reload": "Recharger", "Download your drawings": "Télécharger tes dessins", "Loading": "Chargement",
    },
    es: {
      [crashed]: "oneshot se ha detenido por un fallo del programa. Recarga para empezar de nuevo.",
      [noWasm]: "Este navegador no tiene WebAssembly, que oneshot necesita. Un Firefox, Chrome, Edge o Safari actual lo tiene.",
      [noWebGL]: "Este navegador no puede dibujar con WebGL 2, que oneshot necesita. Quizá esté desactivado en los ajustes, o el controlador gráfico no sea compatible.",
      [part]: "Una parte de oneshot falta o está dañada: {part} no se cargó. Recargar puede ayudar.",
      [framed]: "oneshot no funciona dentro de otra página. Ábrelo en su propia pestaña.",
      [offline]: "No se pudo cargar oneshot: falló la conexión. Compruébala y recarga.",
      [answered]: "No se pudo cargar oneshot: el servidor respondió {status} para {app}.",
      [page]: "No se pudo cargar oneshot: el servidor envió una página web en lugar de {app}.",
      [other]: "No se pudo cargar oneshot: el servidor envió otra cosa en lugar de {app}.",
      [graphics]: "La tarjeta gráfica dejó de dibujar esta página, así que oneshot tiene que empezar de nuevo. Recarga para seguir.",
      [damaged]: "No se pudo iniciar oneshot: este navegador no conoce una parte de WebAssembly que usa, o el archivo llegó dañado. Actualiza el navegador o recarga.",
      [network]: "oneshot no puede empezar: no se pudo cargar su red. Recargar la página puede ayudar.",
      "Reload": "Recargar", "Download your drawings": "Descargar tus dibujos", "Loading": "Cargando",
    },
    de: {
      [crashed]: "oneshot wurde durch einen Programmfehler beendet. Lade neu, um es wieder zu starten.",
      [noWasm]: "Dieser Browser hat kein WebAssembly, das oneshot braucht. Ein aktueller Firefox, Chrome, Edge oder Safari hat es.",
      [noWebGL]: "Dieser Browser kann nicht mit WebGL 2 zeichnen, das oneshot braucht. Vielleicht ist es in den Einstellungen aus, oder der Grafiktreiber wird nicht unterstützt.",
      [part]: "Ein Teil von oneshot fehlt oder ist beschädigt: {part} wurde nicht geladen. Neu laden kann helfen.",
      [framed]: "oneshot läuft nicht innerhalb einer anderen Seite. Öffne es in einem eigenen Tab.",
      [offline]: "oneshot ließ sich nicht laden: Die Verbindung ist gescheitert. Prüfe sie und lade neu.",
      [answered]: "oneshot ließ sich nicht laden: Der Server antwortete {status} für {app}.",
      [page]: "oneshot ließ sich nicht laden: Der Server schickte eine Webseite statt {app}.",
      [other]: "oneshot ließ sich nicht laden: Der Server schickte etwas anderes statt {app}.",
      [graphics]: "Die Grafikkarte hat aufgehört, diese Seite zu zeichnen, darum muss oneshot neu starten. Lade neu, um weiterzumachen.",
      [damaged]: "oneshot ließ sich nicht starten: Dieser Browser kennt einen Teil von WebAssembly nicht, den es benutzt, oder die Datei kam beschädigt an. Aktualisiere den Browser, oder lade neu.",
      [network]: "oneshot kann nicht starten: Sein Netz ließ sich nicht laden. Die Seite neu zu laden kann helfen.",
      "Reload": "Neu laden", "Download your drawings": "Deine Zeichnungen herunterladen", "Loading": "Lädt",
    },
    pt: {
      [crashed]: "oneshot parou por uma falha do programa. Recarregue para começar de novo.",
      [noWasm]: "Este navegador não tem WebAssembly, de que oneshot precisa. Um Firefox, Chrome, Edge ou Safari atual tem.",
      [noWebGL]: "Este navegador não desenha com WebGL 2, de que oneshot precisa. Talvez esteja desligado nos ajustes, ou o driver gráfico não seja compatível.",
      [part]: "Uma parte de oneshot falta ou está danificada: {part} não carregou. Recarregar pode ajudar.",
      [framed]: "oneshot não funciona dentro de outra página. Abra-o em sua própria aba.",
      [offline]: "Não deu para carregar oneshot: a conexão falhou. Verifique-a e recarregue.",
      [answered]: "Não deu para carregar oneshot: o servidor respondeu {status} para {app}.",
      [page]: "Não deu para carregar oneshot: o servidor enviou uma página web no lugar de {app}.",
      [other]: "Não deu para carregar oneshot: o servidor enviou outra coisa no lugar de {app}.",
      [graphics]: "A placa de vídeo parou de desenhar esta página, então oneshot precisa começar de novo. Recarregue para continuar.",
      [damaged]: "Não deu para iniciar oneshot: este navegador não conhece uma parte de WebAssembly que ele usa, ou o arquivo chegou danificado. Atualize o navegador ou recarregue.",
      [network]: "oneshot não pode começar: sua rede não pôde ser carregada. Recarregar a página pode ajudar.",
      "Reload": "Recarregar", "Download your drawings": "Baixar seus desenhos", "Loading": "Carregando",
    },
    pl: {
      [crashed]: "oneshot zatrzymał się przez błąd programu. Odśwież stronę, by uruchomić go ponownie.",
      [noWasm]: "Ta przeglądarka nie ma WebAssembly, którego oneshot potrzebuje. Ma go aktualny Firefox, Chrome, Edge lub Safari.",
      [noWebGL]: "Ta przeglądarka nie umie rysować z WebGL 2, którego oneshot potrzebuje. Może jest wyłączone w ustawieniach albo sterownik grafiki nie jest obsługiwany.",
      [part]: "Brakuje części oneshot lub jest ona uszkodzona: {part} nie został wczytany. Odświeżenie może pomóc.",
      [framed]: "oneshot nie działa wewnątrz innej strony. Otwórz go w osobnej karcie.",
      [offline]: "Nie udało się wczytać oneshot: połączenie zawiodło. Sprawdź je i odśwież.",
      [answered]: "Nie udało się wczytać oneshot: serwer odpowiedział {status} na {app}.",
      [page]: "Nie udało się wczytać oneshot: serwer przysłał stronę zamiast {app}.",
      [other]: "Nie udało się wczytać oneshot: serwer przysłał coś innego zamiast {app}.",
      [graphics]: "Karta graficzna przestała rysować tę stronę, więc oneshot musi zacząć od nowa. Odśwież, by kontynuować.",
      [damaged]: "Nie udało się uruchomić oneshot: ta przeglądarka nie zna części WebAssembly, której używa, albo plik dotarł uszkodzony. Zaktualizuj przeglądarkę lub odśwież.",
      [network]: "oneshot nie może wystartować: nie udało się wczytać jego sieci. Odświeżenie strony może pomóc.",
      "Reload": "Odśwież", "Download your drawings": "Pobierz swoje rysunki", "Loading": "Wczytywanie",
    },
  };

  const prefer = [...(navigator.languages ?? [])];
  try {
    prefer.unshift(localStorage.getItem("language") ?? "");
  } catch {
    // A browser that keeps nothing remembers nothing.
  }
  const language = prefer.map((tag) => tag.toLowerCase().split("-")[0]).find((code) => Object.hasOwn(languages, code)) ?? "en";
  document.documentElement.lang = language;
  const say = (sentence) => languages[language][sentence] ?? sentence;

  // The loader cannot say itself that it did not load.
  document.querySelector("script[type=module]").addEventListener("error", () => {
    document.getElementById("message").textContent = say(part).replace("{part}", "loader.js");
    document.documentElement.dataset.failed = "true";
  });
  return say;
})();
