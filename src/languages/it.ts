/** I testi in italiano. */
import type { Sentences } from './sentences.ts';

export const it: Sentences = {
  state: {
    submitting: 'Invio del lavoro …',
    waiting: 'In attesa che RunComfy prenda il lavoro',
    waitingHint:
      'RunComfy è occupato o irraggiungibile. Il lavoro viene inviato di nuovo da solo; finora non è stato pagato nulla.',
    silent: 'RunComfy in questo momento non risponde come dovrebbe. Continuo a chiedere; il termine scade {{until}}.',
    in_queue: 'In coda',
    in_queue_next: 'In coda · prossimo turno',
    in_progress: 'Generazione in corso',
    completed: 'Finito · recupero delle immagini',
    failed: 'Nessuna immagine',
    cancelled: 'Annullato',
    unknown: 'Esito sconosciuto',
    lost: 'Il bot ha perso i suoi dati',
    in_queue_ahead_one: 'In coda · {{count}} lavoro prima del tuo',
    in_queue_ahead_other: 'In coda · {{count}} lavori prima del tuo',
    withdrawn: 'Ritirato',
    expected: 'pronte {{at}}',
    soon: "da un momento all'altro",
    late: 'più lungo del solito',
    byDirectMessage:
      'Ci vuole tempo, e Discord mi lascia cambiare questo messaggio solo ancora per poco: le immagini ti arriveranno con un messaggio diretto.',
  },
  field: { pictures: 'Immagini' },
  cancelled: {
    text: "Annullato prima dell'inizio. Non è stato addebitato nulla e le immagini non contano per nessun limite.",
    by: 'Annullato da {{by}}. Non è stato addebitato nulla e le immagini non contano per nessun limite.',
    withdrawn:
      "Dopo {{span}} era ancora in coda, quindi l'ho ritirato. Non è stato addebitato nulla e le immagini non contano per nessun limite.",
  },
  failure: {
    refused: 'RunComfy ha rifiutato il lavoro. Non è stato addebitato nulla. Cambia il prompt e riprova.',
    authentication:
      'Il bot non è configurato bene; chi lo ospita è stato avvisato. Non è stato addebitato nulla. Riprova più tardi.',
    balance:
      'Il bot non è configurato bene; chi lo ospita è stato avvisato. Non è stato addebitato nulla. Riprova più tardi.',
    gone: 'RunComfy non conosce il modello che questo bot richiede. Non è stato addebitato nulla. Riprova più tardi.',
    model:
      'RunComfy non è riuscito a fare queste immagini; forse il suo filtro dei contenuti le ha rifiutate. Non contano per nessun limite. Cambia il prompt e riprova.',
    not_taken:
      "RunComfy non ha preso il lavoro entro {{span}}, quindi l'ho ritirato. Non è stato addebitato nulla. Riprova più tardi.",
    deadline:
      "Dopo {{span}} non era finito, quindi l'ho abbandonato. Può ancora essere addebitato (fino a {{cost}}), quindi continua a contare.",
    no_pictures:
      'RunComfy ha finito senza una sola immagine. Potrebbe aver addebitato {{cost}}, quindi il lavoro continua a contare. Prova un altro prompt.',
    unreadable:
      'RunComfy ha finito, ma la sua risposta non si è potuta leggere, quindi non ci sono immagini da mostrare. Potrebbe aver addebitato {{cost}}, quindi il lavoro continua a contare. Avvisa chi ospita il bot.',
    reason: 'RunComfy dice: {{reason}}',
    reference_gone:
      "Prima che il lavoro potesse partire, un'immagine di partenza non era più disponibile. Non è stato addebitato nulla. Premi Modifica e danne un'altra.",
    reference_unreachable:
      "RunComfy non è riuscito a recuperare un'immagine di partenza. Non è stato addebitato nulla. Premi Modifica e dalla di nuovo come file.",
    reference_unsuitable:
      "RunComfy non accetta un'immagine di partenza: è troppo grande, o di una forma o un tipo che non può usare. Non è stato addebitato nulla. Premi Modifica e danne un'altra.",
    reference_moderated:
      "Il filtro dei contenuti di RunComfy ha rifiutato un'immagine di partenza. Non è stato addebitato nulla. Premi Modifica e danne un'altra.",
  },
  unknown: {
    text: 'La connessione con RunComfy si è interrotta prima della risposta. Il lavoro potrebbe essere stato fatto e addebitato (fino a {{cost}}), quindi continua a contare e non viene inviato di nuovo da solo. Se vuoi, puoi riavviarlo.',
    lost: 'RunComfy non conosce più questo lavoro. Potrebbe essere stato addebitato (fino a {{cost}}), quindi continua a contare.',
  },
  lost: {
    text: "Il bot ha perso i suoi dati e con essi questo lavoro. Le immagini potrebbero ancora essere create e addebitate (fino a {{cost}}), ma non possono più essere portate qui e forse mancano nei limiti. Quando chi ospita il bot avrà controllato, puoi chiederle di nuovo, il che viene addebitato un'altra volta.",
  },
  gallery: {
    ends_failed: 'Non create: {{count}}. Non costa nulla e non conta per alcun limite.',
    ends_cancelled: 'Annullate: {{count}}. Non costa nulla e non conta per alcun limite.',
    ends_cancelledBy: 'Annullate da {{by}}: {{count}}. Non costa nulla e non conta per alcun limite.',
    ends_perhaps: 'Incerte: {{count}}. Potrebbero essere state addebitate, quindi restano contate.',
    delivered: '{{delivered}} di {{asked}}',
    surplus: '{{delivered}}, richieste {{asked}}',
    part: 'Immagini da {{from}} a {{to}}',
    partOne: 'Immagine {{from}}',
    fewer:
      'RunComfy ha fatto {{made}} delle {{asked}} immagini; alcune forse non hanno superato il suo filtro dei contenuti.',
    missing_one:
      'Non è stato ancora possibile recuperare {{count}} immagine. Continuo a provarci; il termine scade {{until}}.',
    missing_other:
      'Non è stato ancora possibile recuperare {{count}} immagini. Continuo a provarci; il termine scade {{until}}.',
    lost_one: 'Non è stato possibile recuperare {{count}} immagine: {{links}}',
    lost_other: 'Non è stato possibile recuperare {{count}} immagini: {{links}}',
    reencoded: "Troppo pesanti per Discord così com'erano, quindi compresse. Originali: {{links}}",
    videos: 'Video: {{links}}',
    unshowable_one: "Discord non può mostrare {{count}} immagine così com'è: {{links}}",
    unshowable_other: 'Discord non può mostrare {{count}} immagini così come sono: {{links}}',
    notAllowed_one:
      '{{count}} immagine è su un server da cui non posso scaricare. Chi mi ospita è stato avvisato; una volta risolto, /history può portarla.',
    notAllowed_other:
      '{{count}} immagini sono su un server da cui non posso scaricare. Chi mi ospita è stato avvisato; una volta risolto, /history può portarle.',
    links: 'I loro indirizzi, finché RunComfy le conserva: {{links}}',
    unposted_one:
      'Non è stato possibile pubblicare qui {{count}} immagine; /history può portarla finché RunComfy la conserva: {{links}}',
    unposted_other:
      'Non è stato possibile pubblicare qui {{count}} immagini; /history può portarle finché RunComfy le conserva: {{links}}',
    inFile: 'nel file allegato',
    refused:
      'Le immagini sono fatte, ma Discord rifiuta di mostrarle qui. Apri /history e premi Consegna per riceverle in privato.',
    moved: 'Le immagini di questo lavoro sono state inviate altrove, perché qui non potevano essere mostrate.',
    more: 'Qui seguono altre immagini di questo lavoro.',
    elsewhere: 'Le tue immagini da {{channel}}. Non è stato possibile pubblicarle lì.',
    undelivered: 'Le immagini sono fatte, ma non è stato possibile portarle qui.',
    expired:
      'Non è stato possibile recuperare le immagini. RunComfy le conserva per un tempo limitato, quindi i loro link sono probabilmente scaduti. Continuano a contare.',
    ends_withdrawn:
      'Dopo {{span}} ancora in coda, quindi ritirate: {{count}}. Non costa nulla e non conta per alcun limite.',
  },
  button: { cancel: 'Annulla', again: 'Ripeti', edit: 'Modifica', seed: 'Seed', remove: 'Rimuovi' },
  edit: {
    title: 'Modifica e richiedi di nuovo',
    prompt: 'Cosa devono mostrare le immagini',
    count: 'Quante immagini (da 1 a {{max}})',
    size: 'Dimensioni',
    use: 'Usa immagine …',
    pictureTitle: 'Modifica con Seedream',
    from: 'Parti da',
    files: 'Altre immagini di partenza',
    picture: 'Immagine {{number}}',
    same_one: 'La stessa immagine di prima',
    same_other: 'Le stesse {{count}} immagini di prima',
    quality: 'Qualità',
    seed: 'Seed (vuoto: uno nuovo)',
    flags: 'Qui puoi aggiungere {{flags}}.',
    kept: 'Resta: {{options}}.',
    asBefore: '{{flag}} (come prima)',
  },
  seed: {
    text: 'Seed **{{seed}}**. Per chiedere di nuovo con le stesse impostazioni:',
    pictures_one: "È partita da {{count}} immagine: dalla di nuovo con l'opzione picture.",
    pictures_other:
      'È partita da {{count}} immagini: dalle di nuovo con le opzioni picture, picture2 e picture3, o premi Ripeti.',
  },
  remove: {
    stranger:
      'Solo chi le ha richieste, o un membro con il permesso "Gestisci messaggi", può rimuovere queste immagini.',
    running:
      'Questo lavoro non è ancora finito. Non è stato rimosso nulla; riprova quando ci saranno tutte le sue immagini.',
    trouble: 'Discord non mi ha lasciato rimuovere tutto; riprova.',
    standing_one:
      "{{count}} messaggio con immagini è ancora lì: non ho accesso a dove si trova. Quando l'avrò, premi di nuovo Rimuovi.",
    standing_other:
      "{{count}} messaggi con immagini sono ancora lì: non ho accesso a dove si trovano. Quando l'avrò, premi di nuovo Rimuovi.",
    private:
      'Rimosso qui. Altri messaggi con le sue immagini, che vedi solo tu, sono fuori dalla mia portata: nascondili tu, per favore. Le immagini continuano a contare, perché sono state pagate.',
    done: 'Rimosso. Le immagini continuano a contare, perché sono state pagate.',
    forgotten:
      'Ho rimosso questo messaggio. Non conosco più il suo lavoro: altri messaggi con le sue immagini, se ce ne sono, restano. Le immagini continuano a contare, perché sono state pagate.',
  },
  cancel: {
    part: 'Annullate: {{cancelled}}. In creazione o già create: {{kept}}.',
    late: 'Troppo tardi per annullare: RunComfy ha già iniziato le immagini.',
    over: "Non c'è più niente da annullare: questo lavoro è finito.",
    trouble: "RunComfy non ha risposto. Riprovo ad annullare al prossimo controllo; il messaggio mostra com'è andata.",
    stranger: 'Solo chi lo ha richiesto, o un membro con il permesso "Gestisci messaggi", può annullare questo lavoro.',
  },
  refusal: {
    guildOnly: 'Funziona solo nei server. Usalo in uno in cui ci sono anch’io.',
    permissions:
      'Prima mi servono questi permessi in questo canale: {{permissions}}. Chiedi a chi amministra il server di aggiungerli.',
    stopping: 'Il bot si sta riavviando. Non è stato addebitato nulla; riprova tra un minuto.',
    store:
      'In questo momento il bot non riesce ad accedere al suo archivio. Non è stato addebitato nulla; riprova tra un minuto.',
    recordsLost:
      'Il bot ha perso i suoi dati, quindi per ora non accetta lavori. Per questo non è stato addebitato nulla. Avvisa chi ospita il bot: prima deve controllare.',
    storeUnsure:
      'Il bot non riesce ad accedere al suo archivio, quindi non sa ancora se il tuo lavoro è stato accettato. Per quanto ne sa, nulla è stato inviato a RunComfy. Se è stato accettato, le sue immagini arriveranno qui; altrimenti non viene addebitato nulla. Ricontrolla qui tra qualche minuto prima di chiedere di nuovo, perché potrebbero essere addebitati entrambi.',
    unreadable:
      'Le impostazioni di questo server non si possono leggere per intero, quindi ora qui non puoi chiedere immagini. Chi ha Gestire il server può impostarle di nuovo: /limits show dice quali.',
    storeCancel:
      'In questo momento il bot non riesce ad accedere al suo archivio, quindi il lavoro continua. Premi di nuovo tra un minuto.',
    gone: 'Non conosco più questo lavoro. Puoi chiederlo di nuovo con /seedream.',
    storeRead: 'In questo momento il bot non riesce ad accedere al suo archivio. Riprova tra un minuto.',
    command: 'Non conosco (o non conosco più) questo comando. /help mostra che cosa so fare.',
    unexpected: 'Qualcosa è andato storto da parte mia. Per questo clic non è stato addebitato nulla; riprova.',
    seed: 'Il seed deve essere un numero intero da 0 a {{max}}. Premi Modifica per cambiarlo; se resta vuoto, ne viene estratto uno nuovo.',
    privately:
      'Questo lavoro è privato, e da qui lo vedrebbero tutti. Premi Modifica qui sotto per chiederlo in privato, o Ripeti in /history.',
    choice: "Non conosco questa scelta. Scegli dall'elenco.",
    paused:
      'Il bot non è configurato bene; chi lo ospita è stato avvisato. Finché non si risolve non accetta lavori; prossimo tentativo {{at}}.',
  },
  model: {
    choice: '{{model}} · {{price}} a immagine',
    gone: 'RunComfy non offre più il modello che questo bot usa; chi lo ospita è stato avvisato. Riprova più tardi.',
    unmet:
      'RunComfy ha cambiato il modo di chiedere a questo modello; chi ospita il bot è stato avvisato. Riprova più tardi.',
    over: '{{model}} non è più offerto.',
    next: '{{gone}} non è più offerto, quindi questo è fatto con **{{model}}** ({{price}} a immagine).',
    size: '{{model}} non ha la dimensione {{size}}. Scegline una che ha: {{sizes}}.',
    noSize: 'Con {{model}} la dimensione non si può scegliere. Lascia stare la dimensione.',
    off: 'Questo bot non accetta immagini di partenza. Riprova senza.',
    textOnly: '{{model}} non può partire da immagini. Toglile o scegli un altro modello.',
    picturesOnly: "{{model}} ha bisogno di un'immagine di partenza. Aggiungine una.",
    editingGone:
      'RunComfy non offre più il modello che parte da immagini. Senza immagini puoi ancora chiedere. Avvisa chi ospita il bot.',
  },
  references: {
    from_one: 'da {{count}} immagine',
    from_other: 'da {{count}} immagini',
    alt: 'La prima immagine di partenza',
    too_many: 'Sono {{given}} immagini di partenza, e possono essere al massimo {{max}}. Danne di meno.',
    too_few: 'Questo modello ha bisogno di almeno {{min}} immagini di partenza. Aggiungine.',
    format: "L'immagine {{number}} non è un file PNG, JPEG o WebP. Danne un'altra.",
    too_heavy: "L'immagine {{number}} supera {{max}} MB. Dai un file più piccolo.",
    too_many_pixels: "L'immagine {{number}} ha più di {{max}} megapixel. Rimpiccioliscila.",
    ratio: "Un lato dell'immagine {{number}} è più di {{max}} volte l'altro. Ritagliala.",
    elsewhere: "L'immagine {{number}} non può essere passata: solo quelle che ha Discord stesso. Dalla come file.",
    expired:
      "L'immagine {{number}} non è più disponibile: il suo indirizzo su Discord è scaduto o il messaggio non c'è più. Dalla di nuovo o usane un'altra.",
    together:
      'Le immagini di partenza e quelle da fare possono essere al massimo {{most}} insieme; queste sono {{given}} e {{asked}}. Con queste se ne possono fare fino a {{max}}.',
    barred: 'Questo server non permette di partire da immagini. Chiedi senza.',
    none: "Questo messaggio non ha immagini da cui possa partire. /seedream ne accetta una come file, con l'opzione picture.",
    forgotten: 'Non conosco più le immagini di partenza. Premi Modifica e dalle di nuovo.',
    formLost:
      'Nel frattempo sono stato riavviato e non so più a quali immagini si riferiva questo modulo. Usa di nuovo il comando sul messaggio, o premi Modifica e dai le immagini come file.',
  },
  suggestion: {
    gone: 'Non conosco il prompt a cui corrisponde questo suggerimento. Scrivi il prompt o scegli un altro suggerimento.',
    cut: 'Sembra un suggerimento con la fine tagliata ("…"), e non conosco il prompt intero. Sceglilo di nuovo dall\'elenco o scrivilo per intero. Se non manca nulla, togli "…".',
    several:
      "Diversi tuoi prompt precedenti cominciano così, e non posso sapere quale intendi. Scegline di nuovo uno dall'elenco o scrivilo per intero.",
  },
  prompt: {
    empty: 'Il prompt è vuoto. Scrivi cosa devono mostrare le immagini.',
    too_long: 'Il prompt è troppo lungo: ha {{length}} caratteri e il massimo è {{max}}. Accorcialo.',
    mismatch:
      "Il prompt chiede {{stated}} immagini e l'opzione count dice {{count}}. Usa lo stesso numero o lascia vuoto count.",
    ambiguous:
      "Il prompt indica più di un numero di immagini ({{numbers}}). Indicane uno solo, o usa soltanto l'opzione count.",
    unsure:
      "Non riesco a capire quante immagini si chiedono: {{numbers}} può essere il numero o parte del soggetto. Premi un numero qui sotto o indicalo con l'opzione count.",
    out_of_range: 'Immagini richieste: {{number}}; un lavoro può averne da 1 a {{max}}. Cambia il numero.',
    above_job_limit: 'Immagini richieste: {{number}}; qui un lavoro può averne al massimo {{max}}. Cambia il numero.',
  },
  limit: {
    userActiveJobs: 'Hai {{used}} lavori attivi su {{allowed}}. Riprova quando uno di questi sarà finito.',
    guildActiveJobs:
      'Questo server ha {{used}} lavori attivi su {{allowed}}. Riprova quando uno di questi sarà finito.',
    userDailyImages:
      'Oggi hai usato {{used}} delle tue {{allowed}} immagini, e questo lavoro ne vuole {{asked}}. Si azzera {{resets}}.',
    guildDailyImages:
      'Oggi questo server ha usato {{used}} delle sue {{allowed}} immagini, e questo lavoro ne vuole {{asked}}. Si azzera {{resets}}.',
    guildMonthlyImages:
      'Questo mese questo server ha usato {{used}} delle sue {{allowed}} immagini, e questo lavoro ne vuole {{asked}}. Si azzera {{resets}}.',
    totalMonthlyImages:
      'Questo mese questo bot ha usato {{used}} delle sue {{allowed}} immagini in tutti i server, e questo lavoro ne vuole {{asked}}. Si azzera {{resets}}.',
  },
  usage: {
    title: 'Immagini usate',
    you: 'Tu',
    server: 'Questo server',
    total: 'Tutti i server di questo bot',
    today: '{{used}} su {{allowed}} oggi',
    month: '{{used}} su {{allowed}} questo mese',
    running: '{{used}} lavori attivi su {{allowed}}',
    perJob_one: 'Qui un lavoro può avere {{count}} immagine.',
    perJob_other: 'Qui un lavoro può avere fino a {{count}} immagini.',
    cost: 'Costo, a {{price}} per immagine',
    costToday: 'Oggi: {{pictures}} · {{cost}}',
    costMonth: 'Questo mese: {{pictures}} · {{cost}}',
    costRecent: 'Ultimi {{days}} giorni: {{pictures}} · {{cost}}',
    pictures_one: '{{count}} immagine',
    pictures_other: '{{count}} immagini',
    byMember: 'Ultimi {{days}} giorni, per membro',
    others: 'Altri',
    nothing: 'Nessuna immagine negli ultimi {{days}} giorni.',
    alt: 'Grafico a barre delle immagini al giorno negli ultimi {{days}} giorni, impilate per membro: {{total}} in tutto, il massimo in data {{day}} ({{most}}).',
    all: {
      only: 'Lo vede solo chi ospita questo bot.',
      month: 'Questo mese, tutti i server',
      billed: 'Addebitato da RunComfy: {{cost}}',
      estimated: 'Stimato: {{cost}}',
      unknown:
        'Di questi, per {{cost}} non si sa se siano stati addebitati. `npm run statement` elenca quelle richieste.',
      balance: 'Saldo RunComfy',
      noBalance: 'RunComfy non lo ha comunicato.',
      servers: 'Server con più immagini questo mese: addebitato (stimato)',
      none: 'Ancora niente.',
    },
    resets: 'Si azzera',
    resetsDay: 'oggi: {{at}}',
    resetsMonth: 'questo mese: {{at}}',
  },
  history: {
    title: 'I tuoi lavori in questo server',
    empty: 'Non conosco (o non conosco più) tuoi lavori in questo server. Prova /seedream.',
    delivered: 'Consegnato',
    removed: 'Consegnato, poi rimosso',
    undelivered: 'Fatto, ma non consegnato',
    partly: 'Consegnato in parte',
    undeliveredHint:
      'Non è stato possibile portare le immagini su Discord. Premi Consegna per riceverle qui, finché RunComfy le conserva.',
    forgotten: 'Dettagli non più conservati',
    message: 'Vai al messaggio',
    again: 'Ripeti {{number}}',
    deliver: 'Consegna {{number}}',
    newer: 'Più recenti',
    older: 'Meno recenti',
    kept_one: 'Conservati per {{count}} giorno. Di più con /privacy.',
    kept_other: 'Conservati per {{count}} giorni. Di più con /privacy.',
    confirm: 'Ancora una volta, con un nuovo seed? Costa {{cost}}.',
    privateHint:
      "Discord l'ha dimenticato o lo farà presto. Consegna riporta qui le immagini finché RunComfy le conserva.",
  },
  deliver: {
    running: 'Questo lavoro non è finito, o le sue immagini sono già in arrivo. Guarda di nuovo tra un minuto.',
    over: "Non c'è niente da consegnare per questo lavoro.",
    justNow: 'Le sue immagini sono appena arrivate; sono ancora lì.',
  },
  privacy: {
    title: 'Privacy',
    kept: 'Cosa viene conservato',
    requests_one:
      'I tuoi lavori, con prompt, impostazioni, server, canale, il tuo ID utente, i link alle immagini e gli indirizzi di quelle di partenza: per {{count}} giorno dopo la loro fine.',
    requests_other:
      'I tuoi lavori, con prompt, impostazioni, server, canale, il tuo ID utente, i link alle immagini e gli indirizzi di quelle di partenza: per {{count}} giorni dopo la loro fine.',
    counts:
      'Quante immagini hai richiesto e quando, con il tuo ID utente, per i limiti e il costo: fino a {{days}} giorni. Chi amministra un server lo vede per membro.',
    where: 'Dove',
    whereText:
      'Presso chi ospita questo bot. RunComfy riceve il prompt, le sue impostazioni e gli indirizzi delle immagini di partenza, non chi lo ha richiesto. Le immagini sono su Discord e, per un tempo limitato, presso RunComfy.',
    not: 'Cosa non viene conservato',
    notText: 'Messaggi: il bot non li legge. Immagini: vengono passate a Discord.',
    delete: 'Cancellazione',
    deleteText:
      "Il pulsante qui sotto cancella i tuoi lavori finiti in tutti i server e toglie il tuo nome dai conteggi. Le gallerie su Discord restano; Rimuovi, sotto ciascuna, la cancella. Ciò che chi amministra ha impostato per un server resta, insieme a chi l'ha impostato.",
    erase: 'Cancella i miei dati',
    confirm:
      'Cancellare i tuoi lavori finiti in tutti i server, con i loro prompt? La tua cronologia sarà vuota, e le immagini che non è stato ancora possibile consegnare andranno perse. Le immagini continuano a contare, senza il tuo nome. Non si può annullare.',
    confirmErase: 'Sì, cancella',
    keep: 'Conserva',
    left: 'Non è stato cancellato nulla.',
    erased_one: '{{count}} lavoro cancellato.',
    erased_other: '{{count}} lavori cancellati.',
    none: "Non c'era niente da cancellare.",
    today:
      "Ciò che hai richiesto oggi conta per il tuo limite fino a mezzanotte (UTC); il tuo nome viene tolto entro l'ora successiva.",
    running_one: '{{count}} lavoro è ancora in corso ed è stato conservato. Cancellalo qui quando sarà finito.',
    running_other:
      '{{count}} lavori sono ancora in corso e sono stati conservati. Cancellali qui quando saranno finiti.',
    trouble:
      'In questo momento il bot non riesce ad accedere al suo archivio, quindi non è stato cancellato tutto. Usa di nuovo /privacy tra un minuto.',
  },
  help: {
    title: 'Immagini con {{models}}',
    text: 'Dimmi cosa devono mostrare le immagini; le faccio e le porto qui, anche se nel frattempo vengo riavviato.',
    options: 'Opzioni di /seedream',
    optionsText:
      '**count** quante immagini; può dirlo anche il prompt ("5 immagini di gatti")\n**size** il formato: orizzontale, verticale, quadrato\n**picture** immagine di partenza; picture2 e picture3 per altre\n**seed** per chiedere di nuovo con le stesse impostazioni\n**quality** veloce o standard\n**private** le vedi solo tu\n**spoiler** sfocate finché non ci si clicca\n**model** quale modello le fa',
    limits: 'Limiti',
    limitsText:
      'Le immagini sono limitate al giorno e al mese (UTC), i lavori in base a quanti sono attivi insieme; **/usage** mostra quanto resta. Ciò che viene rifiutato, fallisce presso RunComfy o è annullato in tempo non conta per nessun limite.',
    buttons: 'Pulsanti',
    buttonsText:
      '**Annulla** finché un lavoro è in coda\n**Ripeti** lo stesso con un nuovo seed\n**Modifica** lo stesso con modifiche\n**Seed** mostra il seed e le impostazioni da copiare\n**Rimuovi** cancella le immagini da Discord; non libera nulla',
    more: 'Altro',
    moreText:
      '**/history** i tuoi lavori; porta le immagini non arrivate o dimenticate da Discord\n**/usage** quanto è usato, e quando si azzera\n**/privacy** cosa si conserva, e come cancellarlo',
    pictures: 'Partire da immagini',
    picturesText:
      '**Usa immagine …** sotto una galleria parte da una delle sue immagini\n**Modifica** prende immagini della galleria e file\n**Modifica con Seedream** nel menu App di ogni messaggio con immagini',
    examples: 'Provalo',
    examplesText:
      "{{command}} un faro all'alba, acquerello\n{{command}} 4 foto di una volpe nella neve\n{{command}} una via al neon sotto la pioggia --ar 9:16",
    admins: 'Per chi amministra',
    adminsText:
      '**/limits** vedere e impostare quanto possono usare questo server, i suoi membri e i ruoli\n**/words** parole che i prompt non possono contenere\n**/usage** ti mostra chi ha usato quanto, e quanto è costato',
  },
  barred: {
    user: 'Non puoi richiedere immagini in questo server: il tuo limite è 0. Chi amministra il server può cambiarlo.',
    guild:
      'Nessuno può richiedere immagini in questo server: il suo limite è 0. Chi amministra il server può cambiarlo.',
    total: 'Questo bot non fa immagini: il suo limite per tutti i server è 0. Avvisa chi ospita il bot.',
  },
  guild: {
    stranger: 'Solo i membri con il permesso "Gestisci server", e chi ospita questo bot, possono farlo.',
    store:
      'In questo momento il bot non riesce ad accedere al suo archivio, quindi forse non è stato cambiato nulla. Ricontrolla tra un minuto.',
  },
  limits: {
    title: 'Limiti di questo server',
    days: 'I giorni e i mesi iniziano a mezzanotte UTC.',
    total: 'Immagini al mese, tutti i server',
    roles: 'Immagini al giorno per ogni membro con un ruolo',
    changes: 'Ultime modifiche',
    used: 'Utilizzo: **{{used}}** su **{{limit}}**',
    usedByYou: '**{{limit}}** · il tuo utilizzo: **{{used}}**',
    plain: '**{{limit}}**',
    ceiling: 'impostabile fino a {{ceiling}}',
    set: 'Impostato a {{value}} da {{by}} {{at}}',
    raised: 'Alzato a {{value}} da {{by}}, che ospita il bot, {{at}}',
    setBy: 'impostato da {{by}} {{at}}',
    none: 'non impostato',
    changed: '**{{name}}**: prima **{{before}}**, da ora **{{after}}**. Impostabile fino a {{ceiling}}.',
    above:
      'Qui **{{name}}** non può superare **{{ceiling}}**. Non è stato cambiato nulla; solo chi ospita questo bot può alzare questo tetto.',
    range: '**{{name}}** deve essere un numero intero da {{min}} a {{max}}. Non è stato cambiato nulla.',
    resetLine: '**{{name}}**: prima **{{before}}**, da ora **{{after}}**.',
    unreadable:
      'Illeggibile: {{names}}. I membri vengono rifiutati finché non è impostato di nuovo con /limits o /words, o eliminato con /limits reset. Tutto il resto vale.',
    dropped:
      'Ciò che era illeggibile è stato eliminato. Guarda /limits show e /words list e imposta di nuovo ciò che manca.',
    resetNothing: 'Questi sono già i valori predefiniti. Non è stato cambiato nulla.',
    role: 'Immagini al giorno per ogni membro con {{role}}: prima **{{before}}**, da ora **{{after}}**. Conta il migliore dei ruoli di un membro.',
    rolesFull:
      'Al massimo {{max}} ruoli possono avere un numero proprio. Non è stato cambiato nulla; prima toglilo a uno di loro.',
    references: 'Partire da immagini',
    allowed: 'consentito',
    notAllowed: 'non consentito',
    referencesSet: '**{{name}}**: era **{{before}}**, da ora è **{{after}}**.',
    defaults: 'Dove non è scritto altro vale il valore predefinito.',
  },
  words: {
    refused:
      'Questo prompt contiene una parola che questo server non permette. Scrivilo in altro modo: in Modifica è come lo hai scritto.',
    added:
      "Aggiunta: **{{word}}**. Da ora un prompt che la contiene viene rifiutato. Parole nell'elenco: {{count}} su un massimo di {{max}}.",
    removed: 'Rimossa: **{{word}}**. Parole rimaste: {{count}}.',
    known: "**{{word}}** è già nell'elenco, forse con un'altra grafia.",
    unknown: "**{{word}}** non è nell'elenco.",
    nothing: "In una parola serve una lettera, una cifra o un'emoji. Non è stato cambiato nulla.",
    too_long: 'Una parola può avere al massimo {{max}} caratteri. Non è stato cambiato nulla.',
    full: "L'elenco è pieno: ha {{max}} parole. Non è stato cambiato nulla; prima rimuovine una.",
    empty: "Non ci sono parole nell'elenco.",
    title: 'Parole non permesse nei prompt ({{count}} su un massimo di {{max}})',
  },
  host: {
    balance:
      'RunComfy dice che il tuo saldo è di **{{balance}}**, meno di **{{threshold}}** (`BALANCE_WARNING_USD`). Quando finisce, i lavori vengono rifiutati e per quelli non si paga nulla. Ricaricalo su https://www.runcomfy.com. Te lo dirò di nuovo quando sarà tornato sopra e scenderà ancora sotto.',
    assets:
      'Le immagini di un lavoro sono su **{{origin}}**, da cui non posso scaricare, quindi nessuno le riceve. Se è di RunComfy, aggiungilo a `RUNCOMFY_ASSET_HOSTS` e riavviami; i membri potranno allora averle da /history.',
    modelGone:
      'RunComfy non ha più il modello **{{name}}** (`{{id}}`), quindi per ora i lavori vengono rifiutati; non si addebita nulla per essi. Scegline un altro su https://www.runcomfy.com/models, indicalo in `RUNCOMFY_MODELS` (per esempio `{{example}}`) e riavviami; `npm run doctor -- --model {{example}}` mostra se posso usarlo. Se RunComfy offrirà di nuovo {{name}}, riprendo da solo.',
    modelNext:
      "RunComfy non ha più il modello **{{name}}** (`{{id}}`). I nuovi lavori si fanno con `{{next}}`, il prossimo in `RUNCOMFY_MODELS`. Togli `{{id}}` da quell'elenco quando puoi; se RunComfy lo offre di nuovo prima, ci torno da solo.",
    modelUnmet:
      'Il modello **{{name}}** (`{{id}}`) di RunComfy non accetta più ciò che invio nel campo `{{field}}` ({{problem}}), quindi non si fanno nuovi lavori con esso. Non si addebita nulla per questo. Una versione più recente di me forse conosce il nuovo modo; fino ad allora indica un altro modello in `RUNCOMFY_MODELS` (per esempio `{{example}}`) e riavviami. `npm run doctor` mostra che cosa posso usare.',
    editingGone:
      'RunComfy non ha più il modello **{{name}}** (`{{id}}`), con cui si modificano le immagini; per ora i lavori che partono da immagini sono rifiutati, senza addebito. Gli altri continuano. Se RunComfy lo offrirà di nuovo, riprendo da solo; `REFERENCES=off` toglie le opzioni.',
    editingUnmet:
      'Il modello di RunComfy **{{name}}** (`{{id}}`), con cui si modificano le immagini, non accetta più ciò che invio, nel campo `{{field}}` ({{problem}}); i lavori che partono da immagini sono rifiutati. Per questo non si addebita nulla, e gli altri continuano. Una versione più nuova forse conosce il nuovo modo; `REFERENCES=off` toglie le opzioni.',
    authentication:
      'RunComfy non accetta la mia chiave API (`RUNCOMFY_TOKEN`), quindi i lavori falliscono e, dopo tre di fila, vengono rifiutati; non viene addebitato nulla. Crea una nuova chiave su https://www.runcomfy.com, impostala e riavviami; `npm run doctor` mostra se viene accettata.',
    empty:
      'Il mio saldo RunComfy è esaurito, quindi i lavori falliscono e, dopo tre di fila, vengono rifiutati; non viene addebitato nulla. Ricaricalo su https://www.runcomfy.com; entro un minuto riprendo da solo.',
  },
  ceiling: {
    at80: "Questo mese ({{month}}, UTC) questo bot ha usato **{{used}}** delle **{{allowed}}** immagini che `LIMIT_TOTAL_MONTHLY_IMAGES` permette in tutti i server: è stato raggiunto l'**80 %**. Il conteggio ricomincia {{frees}}.",
    at100:
      'Questo mese ({{month}}, UTC) questo bot ha usato **{{used}}** delle **{{allowed}}** immagini che `LIMIT_TOTAL_MONTHLY_IMAGES` permette in tutti i server: è stato raggiunto il **100 %** e gli altri lavori vengono rifiutati. Il conteggio ricomincia {{frees}}.',
  },
  permission: {
    ViewChannel: 'Visualizza canale',
    SendMessages: 'Invia messaggi',
    SendMessagesInThreads: 'Invia messaggi nei thread',
    EmbedLinks: 'Incorpora link',
    AttachFiles: 'Allega file',
  },
  quality: { fast: 'veloce', standard: 'standard' },
  command: {
    usage: { text: 'Quanto avete usato tu e questo server, e quando si azzera' },
    history: { text: 'I tuoi lavori in questo server, dal più recente' },
    privacy: { text: 'Cosa conserva questo bot, per quanto tempo, e come cancellare i tuoi dati' },
    help: { text: 'Cosa fa questo bot: opzioni, limiti e pulsanti' },
    seedream: {
      text: 'Crea immagini con {{models}}',
      prompt: 'Cosa devono mostrare le immagini',
      count: 'Quante immagini ({{number}} se non lo dice né questa opzione né il prompt)',
      size: 'Formato delle immagini ({{size}} se non indicato)',
      seed: 'Per chiedere di nuovo con le stesse impostazioni (casuale se non indicato)',
      quality: 'standard è migliore e più lenta ({{quality}} se non indicato)',
      private: 'Solo tu vedi le immagini. Discord dimentica questi messaggi; /history le riporta',
      spoiler: 'Le immagini sono sfocate finché non ci si clicca',
      model: 'Quale modello fa le immagini ({{model}} se non indicato)',
      picture: "Un'immagine di partenza",
      further: "Un'altra immagine di partenza",
    },
    limits: {
      text: 'Vedi e imposta quanto può usare questo server',
      show: "Ogni limite: quanto è stato usato, fin dove può salire, chi l'ha impostato",
      set: 'Imposta un limite per questo server',
      reset: 'Torna al valore predefinito',
      role: 'Imposta le immagini al giorno di ogni membro con un ruolo',
      limit: 'Quale limite',
      value: 'Il nuovo numero; 0 non permette nulla',
      which: 'Quale ruolo',
      images: 'Immagini al giorno per membro con il ruolo; 0 lo esclude, vuoto toglie il numero',
      guildDailyImages: 'Immagini al giorno, tutto il server',
      guildMonthlyImages: 'Immagini al mese, tutto il server',
      userDailyImages: 'Immagini al giorno, ogni membro',
      guildActiveJobs: 'Lavori alla volta, tutto il server',
      userActiveJobs: 'Lavori alla volta, ogni membro',
      imagesPerJob: 'Immagini in un lavoro',
      pictures: 'Consentire o no di partire da immagini',
      allow: 'Se i membri possono partire da immagini',
    },
    words: {
      text: 'Parole che questo server non permette nei prompt',
      add: 'Aggiungi una parola o frase; vengono trovate anche le sue altre grafie',
      remove: 'Rimuovi una parola o frase',
      list: 'Mostra le parole',
      word: 'La parola o frase',
    },
    editPicture: 'Modifica con Seedream',
  },
  size: {
    square: 'Quadrato',
    landscape: 'Orizzontale {{ratio}}',
    portrait: 'Verticale {{ratio}}',
    ultrawide: 'Ultralargo {{ratio}}',
    default: '{{size}} (predefinito)',
  },
  facts: { seed: 'seme {{seed}}' },
  flags: {
    unknown:
      'Non conosco {{flags}}, che sta nel tuo prompt, quindi non è stato inviato nulla. Leggo `--ar`, `--seed`, `--count`, `--size` e `--quality`; ciò che le immagini non devono mostrare si può dire a parole.',
    read: 'Letto dal tuo prompt come opzioni: {{options}}.',
  },
  mend: { count: 'Creane {{count}}', instead: 'Creane invece {{count}}', later: 'Riprova', without: 'Crea senza' },
  tell: {
    button: 'Avvisami quando è fatto',
    noted:
      'Quando questo lavoro sarà finito ti scriverò con un messaggio diretto, senza notifica, se accetti i miei messaggi diretti.',
    over: 'Questo lavoro è già finito.',
    stranger: 'Può essere avvisato solo chi ha chiesto questo lavoro.',
    done: 'Le tue immagini sono pronte: {{prompt}}\n{{where}}',
    ended: 'Il tuo lavoro è finito senza immagini: {{prompt}}\n{{where}}',
  },
};
