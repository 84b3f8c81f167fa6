/** Die Texte auf Deutsch. */
import type { Sentences } from './sentences.ts';

export const de: Sentences = {
  state: {
    submitting: 'Auftrag wird gesendet …',
    waiting: 'Warten, bis RunComfy den Auftrag annimmt',
    waitingHint:
      'RunComfy ist ausgelastet oder nicht erreichbar. Der Auftrag wird von selbst erneut gesendet; bezahlt ist bisher nichts.',
    silent: 'RunComfy antwortet gerade nicht richtig. Ich frage weiter; bleibt es dabei, gebe ich {{until}} auf.',
    in_queue: 'In der Warteschlange',
    in_queue_next: 'In der Warteschlange · als Nächstes dran',
    in_progress: 'Wird erstellt',
    completed: 'Fertig · Bilder werden geholt',
    failed: 'Keine Bilder',
    cancelled: 'Abgebrochen',
    unknown: 'Ausgang unbekannt',
    lost: 'Der Bot hat seine Aufzeichnungen verloren',
    in_queue_ahead_one: 'In der Warteschlange · {{count}} Auftrag vor dir',
    in_queue_ahead_other: 'In der Warteschlange · {{count}} Aufträge vor dir',
    withdrawn: 'Zurückgezogen',
    expected: 'fertig {{at}}',
    soon: 'jeden Moment fertig',
    late: 'dauert länger als sonst',
    byDirectMessage:
      'Das dauert, und Discord lässt mich diese Nachricht nur noch kurz ändern: Die Bilder kommen dir per Direktnachricht.',
  },
  field: { pictures: 'Bilder' },
  cancelled: {
    text: 'Abgebrochen, bevor es losging. Es wurde nichts berechnet, und die Bilder zählen für kein Limit.',
    by: 'Abgebrochen von {{by}}. Es wurde nichts berechnet, und die Bilder zählen für kein Limit.',
    withdrawn:
      'Nach {{span}} noch in der Warteschlange, deshalb habe ich den Auftrag zurückgezogen. Es wurde nichts berechnet, und die Bilder zählen für kein Limit.',
  },
  failure: {
    refused:
      'RunComfy hat den Auftrag abgelehnt. Es wurde nichts berechnet. Ändere den Prompt und versuch es noch einmal.',
    authentication:
      'Der Bot ist nicht richtig eingerichtet; wer ihn betreibt, weiß Bescheid. Es wurde nichts berechnet. Bitte versuch es später noch einmal.',
    balance:
      'Der Bot ist nicht richtig eingerichtet; wer ihn betreibt, weiß Bescheid. Es wurde nichts berechnet. Bitte versuch es später noch einmal.',
    gone: 'RunComfy kennt das Modell nicht, das dieser Bot anfragt. Es wurde nichts berechnet. Bitte versuch es später noch einmal.',
    model:
      'RunComfy konnte diese Bilder nicht erstellen; vielleicht hat sein Inhaltsfilter sie abgelehnt. Sie zählen für kein Limit. Ändere den Prompt und versuch es noch einmal.',
    not_taken:
      'RunComfy hat den Auftrag in {{span}} nicht angenommen, deshalb habe ich ihn zurückgezogen. Es wurde nichts berechnet. Bitte versuch es später noch einmal.',
    deadline:
      'Nach {{span}} nicht fertig, deshalb habe ich den Auftrag aufgegeben. Er kann noch berechnet werden (bis zu {{cost}}) und zählt darum weiter mit.',
    no_pictures:
      'RunComfy wurde fertig, aber ohne ein einziges Bild. Vielleicht hat es {{cost}} berechnet, darum zählt der Auftrag weiter mit. Probier einen anderen Prompt.',
    unreadable:
      'RunComfy ist fertig, aber seine Antwort war nicht lesbar, deshalb gibt es keine Bilder zu zeigen. Es hat vielleicht {{cost}} berechnet, deshalb zählt der Auftrag weiter. Bitte sag der Person Bescheid, die den Bot betreibt.',
    reason: 'RunComfy sagt: {{reason}}',
    reference_gone:
      'Bevor der Auftrag abgeschickt werden konnte, war ein Ausgangsbild nicht mehr zu haben. Nichts wurde berechnet. Drück auf Bearbeiten und gib ein anderes.',
    reference_unreachable:
      'RunComfy konnte ein Ausgangsbild nicht abrufen. Nichts wurde berechnet. Drück auf Bearbeiten und gib es noch einmal als Datei.',
    reference_unsuitable:
      'RunComfy nimmt ein Ausgangsbild nicht an: Es ist zu groß oder von einer Form oder Art, mit der es nichts anfangen kann. Nichts wurde berechnet. Drück auf Bearbeiten und gib ein anderes.',
    reference_moderated:
      'RunComfys Inhaltsfilter hat ein Ausgangsbild abgelehnt. Nichts wurde berechnet. Drück auf Bearbeiten und gib ein anderes.',
  },
  unknown: {
    text: 'Die Verbindung zu RunComfy brach ab, bevor es geantwortet hat. Der Auftrag kann ausgeführt und berechnet worden sein (bis zu {{cost}}), darum zählt er weiter mit und wird nicht von selbst erneut gesendet. Du kannst ihn noch einmal starten, wenn du möchtest.',
    lost: 'RunComfy kennt diesen Auftrag nicht mehr. Er kann berechnet worden sein (bis zu {{cost}}) und zählt darum weiter mit.',
  },
  lost: {
    text: 'Der Bot hat seine Aufzeichnungen verloren und damit auch diesen Auftrag. Die Bilder können noch entstehen und berechnet werden (bis zu {{cost}}), aber sie lassen sich nicht mehr hierher bringen und fehlen vielleicht in den Limits. Sobald die Person, die den Bot betreibt, nachgesehen hat, kannst du noch einmal anfragen; das wird neu berechnet.',
  },
  gallery: {
    ends_failed: 'Nicht erstellt: {{count}}. Das kostet nichts und zählt zu keinem Limit.',
    ends_cancelled: 'Abgebrochen: {{count}}. Das kostet nichts und zählt zu keinem Limit.',
    ends_cancelledBy: 'Abgebrochen von {{by}}: {{count}}. Das kostet nichts und zählt zu keinem Limit.',
    ends_perhaps: 'Unklar: {{count}}. Das wurde vielleicht berechnet und bleibt deshalb gezählt.',
    delivered: '{{delivered}} von {{asked}}',
    surplus: '{{delivered}}, angefragt {{asked}}',
    part: 'Bilder {{from}} bis {{to}}',
    partOne: 'Bild {{from}}',
    fewer:
      'RunComfy hat {{made}} der {{asked}} Bilder erstellt; einige kamen vielleicht nicht durch seinen Inhaltsfilter.',
    missing_one: '{{count}} Bild konnte noch nicht geholt werden. Ich versuche es weiter; die Frist endet {{until}}.',
    missing_other:
      '{{count}} Bilder konnten noch nicht geholt werden. Ich versuche es weiter; die Frist endet {{until}}.',
    lost_one: '{{count}} Bild konnte nicht geholt werden: {{links}}',
    lost_other: '{{count}} Bilder konnten nicht geholt werden: {{links}}',
    reencoded: 'Im Original zu groß für Discord, deshalb komprimiert. Originale: {{links}}',
    videos: 'Videos: {{links}}',
    unshowable_one: '{{count}} Bild kann Discord so nicht zeigen: {{links}}',
    unshowable_other: '{{count}} Bilder kann Discord so nicht zeigen: {{links}}',
    notAllowed_one:
      '{{count}} Bild liegt auf einem Server, von dem ich nichts holen darf. Wer mich betreibt, weiß Bescheid; ist das behoben, kann /history es bringen.',
    notAllowed_other:
      '{{count}} Bilder liegen auf einem Server, von dem ich nichts holen darf. Wer mich betreibt, weiß Bescheid; ist das behoben, kann /history sie bringen.',
    links: 'Ihre Adressen, solange RunComfy sie aufbewahrt: {{links}}',
    unposted_one:
      '{{count}} Bild konnte hier nicht gepostet werden; /history kann es bringen, solange RunComfy es aufbewahrt: {{links}}',
    unposted_other:
      '{{count}} Bilder konnten hier nicht gepostet werden; /history kann sie bringen, solange RunComfy sie aufbewahrt: {{links}}',
    inFile: 'in der angehängten Datei',
    refused:
      'Die Bilder sind fertig, aber Discord weigert sich, sie hier zu zeigen. Öffne /history und drück auf Zustellen, um sie privat zu bekommen.',
    moved: 'Die Bilder dieses Auftrags wurden anderswohin geschickt, weil sie hier nicht gezeigt werden konnten.',
    more: 'Hier folgen weitere Bilder dieses Auftrags.',
    elsewhere: 'Deine Bilder aus {{channel}}. Sie konnten dort nicht gepostet werden.',
    undelivered: 'Die Bilder sind fertig, konnten aber nicht hierhergebracht werden.',
    expired:
      'Die Bilder konnten nicht geholt werden. RunComfy bewahrt sie nur begrenzte Zeit auf, darum sind ihre Links wahrscheinlich abgelaufen. Sie zählen weiter mit.',
    ends_withdrawn:
      'Nach {{span}} noch in der Warteschlange, deshalb zurückgezogen: {{count}}. Das kostet nichts und zählt zu keinem Limit.',
  },
  button: { cancel: 'Abbrechen', again: 'Nochmal', edit: 'Bearbeiten', seed: 'Seed', remove: 'Entfernen' },
  edit: {
    title: 'Bearbeiten und neu anfragen',
    prompt: 'Was die Bilder zeigen sollen',
    count: 'Wie viele Bilder (1 bis {{max}})',
    size: 'Größe',
    use: 'Bild verwenden …',
    pictureTitle: 'Mit Seedream bearbeiten',
    from: 'Ausgehen von',
    files: 'Weitere Ausgangsbilder',
    picture: 'Bild {{number}}',
    same_one: 'Dasselbe Bild wie zuvor',
    same_other: 'Dieselben {{count}} Bilder wie zuvor',
    quality: 'Qualität',
    seed: 'Seed (leer: ein neuer)',
    flags: 'Hier lässt sich anfügen: {{flags}}.',
    kept: 'Bleibt: {{options}}.',
    asBefore: '{{flag}} (wie zuvor)',
  },
  seed: {
    text: 'Seed **{{seed}}**. Um noch einmal mit denselben Einstellungen zu fragen:',
    pictures_one: 'Es ging von {{count}} Bild aus: Gib es mit der Option picture wieder dazu.',
    pictures_other:
      'Es ging von {{count}} Bildern aus: Gib sie mit den Optionen picture, picture2 und picture3 wieder dazu, oder drück auf Nochmal.',
  },
  remove: {
    stranger:
      'Nur die Person, die sie angefragt hat, oder ein Mitglied mit „Nachrichten verwalten“ kann diese Bilder entfernen.',
    running:
      'Dieser Auftrag ist noch nicht fertig. Es wurde nichts entfernt; bitte versuch es noch einmal, wenn alle Bilder da sind.',
    trouble: 'Discord hat mich nicht alles entfernen lassen; bitte versuch es noch einmal.',
    standing_one:
      '{{count}} Nachricht mit Bildern steht noch: Ich habe dort keinen Zugriff. Sobald ich ihn habe, drück noch einmal auf Entfernen.',
    standing_other:
      '{{count}} Nachrichten mit Bildern stehen noch: Ich habe dort keinen Zugriff. Sobald ich ihn habe, drück noch einmal auf Entfernen.',
    private:
      'Hier entfernt. Weitere Nachrichten mit seinen Bildern, die nur du siehst, erreiche ich nicht: Bitte blende sie selbst aus. Die Bilder zählen weiter mit, denn sie wurden bezahlt.',
    done: 'Entfernt. Die Bilder zählen weiter mit, denn sie wurden bezahlt.',
    forgotten:
      'Diese Nachricht ist entfernt. Ich kenne ihren Auftrag nicht mehr; weitere Nachrichten mit Bildern davon bleiben stehen, falls es welche gibt. Die Bilder zählen weiter mit, denn sie wurden bezahlt.',
  },
  cancel: {
    part: 'Abgebrochen: {{cancelled}}. Werden erstellt oder sind fertig: {{kept}}.',
    late: 'Zu spät zum Abbrechen: RunComfy hat mit den Bildern begonnen.',
    over: 'Hier gibt es nichts mehr abzubrechen: Dieser Auftrag ist fertig.',
    trouble:
      'RunComfy hat nicht geantwortet. Beim nächsten Nachsehen versuche ich noch einmal abzubrechen; die Nachricht zeigt, was daraus wurde.',
    stranger:
      'Nur die Person, die ihn angefragt hat, oder ein Mitglied mit „Nachrichten verwalten“ kann diesen Auftrag abbrechen.',
  },
  refusal: {
    guildOnly: 'Das geht nur auf Servern. Bitte nutze es auf einem, auf dem ich bin.',
    permissions:
      'Ich brauche in diesem Kanal erst diese Berechtigungen: {{permissions}}. Bitte frag die Administration des Servers danach.',
    stopping: 'Der Bot startet gerade neu. Es wurde nichts berechnet; bitte versuch es in einer Minute noch einmal.',
    store:
      'Der Bot erreicht seinen Speicher gerade nicht. Es wurde nichts berechnet; bitte versuch es in einer Minute noch einmal.',
    recordsLost:
      'Der Bot hat seine Aufzeichnungen verloren und nimmt darum vorerst keine Aufträge an. Hierfür wurde nichts berechnet. Bitte sag der Person Bescheid, die den Bot betreibt: Sie muss zuerst nachsehen.',
    storeUnsure:
      'Der Bot erreicht seinen Speicher nicht und weiß daher noch nicht, ob dein Auftrag angenommen ist. Soweit er weiß, wurde nichts an RunComfy gesendet. Ist er angenommen, kommen seine Bilder hierher; sonst wird nichts berechnet. Bitte sieh in ein paar Minuten hier nach, bevor du noch einmal fragst: Sonst könnte beides berechnet werden.',
    unreadable:
      'Die Einstellungen dieses Servers lassen sich nicht vollständig lesen, daher kannst du hier gerade keine Bilder anfordern. Jemand mit „Server verwalten“ kann sie neu setzen: /limits show zeigt, welche.',
    storeCancel:
      'Der Bot erreicht seinen Speicher gerade nicht, deshalb läuft der Auftrag weiter. Bitte drück in einer Minute noch einmal.',
    gone: 'Ich kenne diesen Auftrag nicht mehr. Mit /seedream kannst du neu fragen.',
    storeRead: 'Der Bot erreicht seinen Speicher gerade nicht. Bitte versuch es in einer Minute noch einmal.',
    command: 'Ich kenne diesen Befehl nicht (mehr). /help zeigt, was ich kann.',
    unexpected:
      'Bei mir ist etwas schiefgegangen. Für diesen Klick wurde nichts berechnet; bitte versuch es noch einmal.',
    seed: 'Der Seed muss eine ganze Zahl von 0 bis {{max}} sein. Drück auf Bearbeiten, um ihn zu ändern; bleibt er leer, wird ein neuer gezogen.',
    privately:
      'Dieser Auftrag ist privat, und von hier aus würden ihn alle sehen. Drück unten auf Bearbeiten, um ihn privat zu stellen, oder in /history auf Nochmal.',
    choice: 'Diese Auswahl kenne ich nicht. Bitte wähle etwas aus der Liste.',
    paused:
      'Der Bot ist nicht richtig eingerichtet; wer ihn betreibt, weiß Bescheid. Bis das behoben ist, nimmt er keine Aufträge an; nächster Versuch {{at}}.',
  },
  model: {
    choice: '{{model}} · {{price}} je Bild',
    gone: 'RunComfy bietet das Modell dieses Bots nicht mehr an; wer den Bot betreibt, weiß Bescheid. Bitte versuch es später noch einmal.',
    unmet:
      'RunComfy hat geändert, wie dieses Modell gefragt wird; wer den Bot betreibt, weiß Bescheid. Bitte versuch es später noch einmal.',
    over: '{{model}} wird nicht mehr angeboten.',
    next: '{{gone}} wird nicht mehr angeboten, deshalb entsteht dies mit **{{model}}** ({{price}} je Bild).',
    size: '{{model}} hat die Größe {{size}} nicht. Wähle eine, die es hat: {{sizes}}.',
    noSize: 'Bei {{model}} lässt sich keine Größe wählen. Bitte lass die Größe weg.',
    off: 'Dieser Bot nimmt keine Ausgangsbilder an. Bitte frag ohne Bild noch einmal.',
    textOnly: '{{model}} kann nicht von Bildern ausgehen. Lass sie weg oder wähle ein anderes Modell.',
    picturesOnly: '{{model}} braucht ein Ausgangsbild. Bitte gib eines dazu.',
    editingGone:
      'RunComfy bietet das Modell, das von Bildern ausgeht, nicht mehr an. Ohne Bilder kannst du weiterhin fragen. Bitte sag es der Person, die den Bot betreibt.',
  },
  references: {
    from_one: 'aus {{count}} Bild',
    from_other: 'aus {{count}} Bildern',
    alt: 'Das erste Bild, von dem dies ausgeht',
    too_many: 'Das sind {{given}} Ausgangsbilder, und höchstens {{max}} gehen. Bitte gib weniger.',
    too_few: 'Dieses Modell braucht mindestens {{min}} Ausgangsbilder. Bitte gib welche dazu.',
    format: 'Bild {{number}} ist keine PNG-, JPEG- oder WebP-Datei. Bitte gib ein anderes.',
    too_heavy: 'Bild {{number}} ist größer als {{max}} MB. Bitte gib eine kleinere Datei.',
    too_many_pixels: 'Bild {{number}} hat mehr als {{max}} Megapixel. Bitte verkleinere es.',
    ratio: 'Bei Bild {{number}} ist eine Seite mehr als {{max}}-mal so lang wie die andere. Bitte schneide es zu.',
    elsewhere:
      'Bild {{number}} kann nicht weitergegeben werden: Das geht nur mit Bildern, die bei Discord selbst liegen. Bitte gib es als Datei.',
    expired:
      'Bild {{number}} ist nicht mehr zu haben: Discords Adresse dafür ist abgelaufen, oder seine Nachricht ist weg. Bitte gib es noch einmal oder nimm ein anderes.',
    together:
      'Ausgangsbilder und neue Bilder dürfen zusammen höchstens {{most}} sein; das sind {{given}} und {{asked}}. Mit diesen gehen bis zu {{max}}.',
    barred: 'Dieser Server erlaubt keine Ausgangsbilder. Bitte frag ohne Bilder.',
    none: 'Diese Nachricht hat kein Bild, von dem ich ausgehen kann. /seedream nimmt eins als Datei, mit der Option picture.',
    forgotten: 'Ich kenne die Ausgangsbilder nicht mehr. Drück auf Bearbeiten und gib sie noch einmal.',
    formLost:
      'Ich wurde inzwischen neu gestartet und weiß nicht mehr, zu welchen Bildern dieses Formular gehörte. Ruf den Befehl bei der Nachricht noch einmal auf, oder drück auf Bearbeiten und gib die Bilder als Dateien.',
  },
  suggestion: {
    gone: 'Ich kenne den Prompt nicht, für den dieser Vorschlag steht. Bitte gib den Prompt ein oder wähle einen anderen Vorschlag.',
    cut: 'Das sieht nach einem Vorschlag aus, dessen Ende abgeschnitten ist („…“), und ich kenne den ganzen Prompt nicht. Bitte wähle ihn noch einmal aus der Liste oder schreib ihn aus. Wenn nichts fehlt, lass das „…“ weg.',
    several:
      'Mehrere deiner früheren Prompts fangen so an, und ich kann nicht erkennen, welcher gemeint ist. Bitte wähle noch einmal einen aus der Liste oder schreib ihn aus.',
  },
  prompt: {
    empty: 'Der Prompt ist leer. Sag, was die Bilder zeigen sollen.',
    too_long: 'Der Prompt ist zu lang: Er hat {{length}} Zeichen, und {{max}} passen hinein. Bitte kürze ihn.',
    mismatch:
      'Der Prompt verlangt {{stated}} Bilder, und die Option count sagt {{count}}. Gib beides gleich an oder lass count weg.',
    ambiguous:
      'Der Prompt nennt mehr als eine Anzahl von Bildern ({{numbers}}). Nenne nur eine oder nimm allein die Option count.',
    unsure:
      'Ich kann nicht erkennen, wie viele Bilder das sein sollen: {{numbers}} kann die Anzahl sein oder zum Motiv gehören. Drück unten eine Anzahl oder gib sie mit der Option count an.',
    out_of_range: 'Verlangte Bilder: {{number}}; ein Auftrag kann 1 bis {{max}} haben. Ändere die Anzahl.',
    above_job_limit: 'Verlangte Bilder: {{number}}; ein Auftrag kann hier höchstens {{max}} haben. Ändere die Anzahl.',
  },
  limit: {
    userActiveJobs:
      'Bei dir laufen {{used}} von {{allowed}} Aufträgen. Versuch es noch einmal, wenn einer davon fertig ist.',
    guildActiveJobs:
      'Auf diesem Server laufen {{used}} von {{allowed}} Aufträgen. Versuch es noch einmal, wenn einer davon fertig ist.',
    userDailyImages:
      'Du hast heute {{used}} von deinen {{allowed}} Bildern verbraucht, und dieser Auftrag braucht {{asked}}. Neu gezählt wird {{resets}}.',
    guildDailyImages:
      'Dieser Server hat heute {{used}} von seinen {{allowed}} Bildern verbraucht, und dieser Auftrag braucht {{asked}}. Neu gezählt wird {{resets}}.',
    guildMonthlyImages:
      'Dieser Server hat diesen Monat {{used}} von seinen {{allowed}} Bildern verbraucht, und dieser Auftrag braucht {{asked}}. Neu gezählt wird {{resets}}.',
    totalMonthlyImages:
      'Dieser Bot hat diesen Monat auf allen Servern zusammen {{used}} von seinen {{allowed}} Bildern verbraucht, und dieser Auftrag braucht {{asked}}. Neu gezählt wird {{resets}}.',
  },
  usage: {
    title: 'Verbrauchte Bilder',
    you: 'Du',
    server: 'Dieser Server',
    total: 'Alle Server dieses Bots',
    today: '{{used}} von {{allowed}} heute',
    month: '{{used}} von {{allowed}} im Monat',
    running: '{{used}} von {{allowed}} Aufträgen laufen',
    perJob_one: 'Ein Auftrag kann hier {{count}} Bild haben.',
    perJob_other: 'Ein Auftrag kann hier bis zu {{count}} Bilder haben.',
    cost: 'Kosten, bei {{price}} pro Bild',
    costToday: 'Heute: {{pictures}} · {{cost}}',
    costMonth: 'Dieser Monat: {{pictures}} · {{cost}}',
    costRecent: 'Letzte {{days}} Tage: {{pictures}} · {{cost}}',
    pictures_one: '{{count}} Bild',
    pictures_other: '{{count}} Bilder',
    byMember: 'Letzte {{days}} Tage, nach Mitglied',
    others: 'Andere',
    nothing: 'Keine Bilder in den letzten {{days}} Tagen.',
    alt: 'Balkendiagramm der Bilder pro Tag in den letzten {{days}} Tagen, gestapelt nach Mitglied: {{total}} insgesamt, die meisten am {{day}} ({{most}}).',
    all: {
      only: 'Das sehen nur die, die diesen Bot betreiben.',
      month: 'Dieser Monat, alle Server',
      billed: 'Von RunComfy berechnet: {{cost}}',
      estimated: 'Geschätzt: {{cost}}',
      unknown: 'Davon ist bei {{cost}} unbekannt, ob berechnet wurde. `npm run statement` listet diese Anfragen auf.',
      balance: 'Guthaben bei RunComfy',
      noBalance: 'RunComfy hat es nicht genannt.',
      servers: 'Server mit den meisten Bildern diesen Monat: berechnet (geschätzt)',
      none: 'Noch nichts.',
    },
    resets: 'Neu gezählt',
    resetsDay: 'heute: {{at}}',
    resetsMonth: 'im Monat: {{at}}',
  },
  history: {
    title: 'Deine Aufträge auf diesem Server',
    empty: 'Ich kenne keine Aufträge (mehr) von dir auf diesem Server. Probier /seedream.',
    delivered: 'Zugestellt',
    removed: 'Zugestellt, dann entfernt',
    undelivered: 'Erstellt, aber nicht zugestellt',
    partly: 'Teilweise zugestellt',
    undeliveredHint:
      'Die Bilder konnten nicht zu Discord gebracht werden. Drück auf Zustellen, um sie hier zu bekommen, solange RunComfy sie aufbewahrt.',
    forgotten: 'Einzelheiten nicht mehr aufbewahrt',
    message: 'Zur Nachricht',
    again: 'Nochmal {{number}}',
    deliver: 'Zustellen {{number}}',
    newer: 'Neuere',
    older: 'Ältere',
    kept_one: 'Wird {{count}} Tag aufbewahrt. Mehr dazu unter /privacy.',
    kept_other: 'Wird {{count}} Tage aufbewahrt. Mehr dazu unter /privacy.',
    confirm: 'Noch einmal, mit neuem Seed? Das kostet {{cost}}.',
    privateHint:
      'Discord hat sie vergessen oder vergisst sie bald. Zustellen bringt die Bilder wieder hierher, solange RunComfy sie aufbewahrt.',
  },
  deliver: {
    running:
      'Dieser Auftrag ist nicht fertig, oder seine Bilder sind schon unterwegs. Sieh in einer Minute noch einmal nach.',
    over: 'Für diesen Auftrag gibt es nichts zuzustellen.',
    justNow: 'Die Bilder sind gerade erst gekommen; sie sind noch da.',
  },
  privacy: {
    title: 'Datenschutz',
    kept: 'Was gespeichert wird',
    requests_one:
      'Deine Aufträge, mit Prompt, Einstellungen, Server, Kanal, deiner Benutzer-ID, Links zu den Bildern und den Adressen der Ausgangsbilder: {{count}} Tag lang nach ihrem Ende.',
    requests_other:
      'Deine Aufträge, mit Prompt, Einstellungen, Server, Kanal, deiner Benutzer-ID, Links zu den Bildern und den Adressen der Ausgangsbilder: {{count}} Tage lang nach ihrem Ende.',
    counts:
      'Wie viele Bilder du angefragt hast und wann, mit deiner Benutzer-ID, für Limits und Kosten: bis zu {{days}} Tage lang. Die Administration eines Servers sieht es nach Mitglied.',
    where: 'Wo',
    whereText:
      'Bei der Person, die diesen Bot hostet. RunComfy bekommt den Prompt, seine Einstellungen und die Adressen der Ausgangsbilder, nicht, von wem er kommt. Die Bilder sind in Discord und begrenzte Zeit bei RunComfy.',
    not: 'Was nicht gespeichert wird',
    notText: 'Nachrichten: Der Bot liest sie nicht. Bilder: Sie werden an Discord weitergegeben.',
    delete: 'Löschen',
    deleteText:
      'Der Button unten löscht deine fertigen Aufträge auf allen Servern und nimmt deinen Namen aus den Zählungen. Galerien in Discord bleiben; Entfernen unter jeder löscht sie. Was die Administration für einen Server festgelegt hat, bleibt, mit Angabe, wer es war.',
    erase: 'Meine Daten löschen',
    confirm:
      'Deine fertigen Aufträge auf allen Servern löschen, mit ihren Prompts? Dein Verlauf ist dann leer, und Bilder, die noch nicht zugestellt werden konnten, sind verloren. Die Bilder zählen weiter mit, ohne deinen Namen. Das lässt sich nicht rückgängig machen.',
    confirmErase: 'Ja, löschen',
    keep: 'Behalten',
    left: 'Es wurde nichts gelöscht.',
    erased_one: '{{count}} Auftrag wurde gelöscht.',
    erased_other: '{{count}} Aufträge wurden gelöscht.',
    none: 'Es gab nichts zu löschen.',
    today:
      'Was du heute angefragt hast, zählt bis Mitternacht (UTC) für dein Limit; in der Stunde danach wird dein Name davon entfernt.',
    running_one: '{{count}} Auftrag läuft noch und wurde behalten. Lösche ihn hier, sobald er fertig ist.',
    running_other: '{{count}} Aufträge laufen noch und wurden behalten. Lösche sie hier, sobald sie fertig sind.',
    trouble:
      'Der Bot erreicht seinen Speicher gerade nicht, deshalb wurde nicht alles gelöscht. Bitte nutze /privacy in einer Minute noch einmal.',
  },
  help: {
    title: 'Bilder mit {{models}}',
    text: 'Sag mir, was die Bilder zeigen sollen; ich mache sie und bringe sie her, auch wenn ich zwischendurch neu gestartet werde.',
    options: 'Optionen von /seedream',
    optionsText:
      '**count** wie viele Bilder; auch der Prompt kann es sagen („5 Bilder von Katzen“)\n**size** das Format: quer, hoch, quadratisch\n**picture** ein Ausgangsbild; picture2 und picture3 für weitere\n**seed** um noch einmal mit denselben Einstellungen zu fragen\n**quality** schnell oder Standard\n**private** nur du siehst sie\n**spoiler** unscharf, bis man sie anklickt\n**model** welches Modell sie macht',
    limits: 'Limits',
    limitsText:
      'Bilder sind pro Tag und Monat (UTC) begrenzt, Aufträge danach, wie viele zugleich laufen; **/usage** zeigt, was übrig ist. Was abgelehnt wird, bei RunComfy scheitert oder rechtzeitig abgebrochen wird, zählt für kein Limit.',
    buttons: 'Buttons',
    buttonsText:
      '**Abbrechen** solange ein Auftrag in der Warteschlange ist\n**Nochmal** dasselbe mit neuem Seed\n**Bearbeiten** dasselbe mit Änderungen\n**Seed** zeigt Seed und Einstellungen zum Kopieren\n**Entfernen** löscht die Bilder aus Discord; frei wird dadurch nichts',
    more: 'Mehr',
    moreText:
      '**/history** deine Aufträge; bringt Bilder, die nicht kamen oder die Discord vergessen hat\n**/usage** was verbraucht ist, und wann neu gezählt wird\n**/privacy** was gespeichert wird, und wie man es löscht',
    pictures: 'Von Bildern ausgehen',
    picturesText:
      '**Bild verwenden …** unter einer Galerie geht von einem ihrer Bilder aus\n**Bearbeiten** nimmt Bilder der Galerie und Dateien\n**Mit Seedream bearbeiten** im Menü „Apps“ jeder Nachricht mit Bildern',
    examples: 'Probier es aus',
    examplesText:
      '{{command}} ein Leuchtturm im Morgengrauen, Aquarell\n{{command}} 4 Fotos von einem Fuchs im Schnee\n{{command}} eine Neonstraße im Regen --ar 9:16',
    admins: 'Für die Administration',
    adminsText:
      '**/limits** ansehen und festlegen, was dieser Server, seine Mitglieder und Rollen verbrauchen dürfen\n**/words** Wörter, die in Prompts nicht erlaubt sind\n**/usage** zeigt dir, wer wie viel verbraucht hat und was es kostete',
  },
  barred: {
    user: 'Du kannst auf diesem Server keine Bilder anfragen: Dein Limit ist 0. Die Administration des Servers kann das ändern.',
    guild:
      'Niemand kann auf diesem Server Bilder anfragen: Sein Limit ist 0. Die Administration des Servers kann das ändern.',
    total:
      'Dieser Bot macht keine Bilder: Sein Limit für alle Server zusammen ist 0. Bitte sag der Person Bescheid, die den Bot hostet.',
  },
  guild: {
    stranger: 'Nur Mitglieder mit „Server verwalten“ und die Person, die diesen Bot hostet, können das tun.',
    store:
      'Der Bot erreicht seinen Speicher gerade nicht, deshalb wurde möglicherweise nichts geändert. Bitte sieh in einer Minute noch einmal nach.',
  },
  limits: {
    title: 'Limits dieses Servers',
    days: 'Tage und Monate beginnen um Mitternacht UTC.',
    total: 'Bilder pro Monat, alle Server',
    roles: 'Bilder pro Tag für jedes Mitglied mit einer Rolle',
    changes: 'Letzte Änderungen',
    used: '**{{used}}** von **{{limit}}** genutzt',
    usedByYou: '**{{limit}}** · du hast **{{used}}** genutzt',
    plain: '**{{limit}}**',
    ceiling: 'bis {{ceiling}} einstellbar',
    set: 'Von {{by}} {{at}} auf {{value}} gesetzt',
    raised: 'Von {{by}}, Host dieses Bots, {{at}} auf {{value}} angehoben',
    setBy: 'von {{by}} {{at}} gesetzt',
    none: 'nicht festgelegt',
    changed: '**{{name}}**: bisher **{{before}}**, ab jetzt **{{after}}**. Bis {{ceiling}} einstellbar.',
    above:
      '**{{name}}** lässt sich hier nicht über **{{ceiling}}** setzen. Es wurde nichts geändert; nur die Person, die diesen Bot hostet, kann das anheben.',
    range: '**{{name}}** muss eine ganze Zahl von {{min}} bis {{max}} sein. Es wurde nichts geändert.',
    resetLine: '**{{name}}**: bisher **{{before}}**, ab jetzt **{{after}}**.',
    unreadable:
      'Nicht lesbar: {{names}}. Mitglieder werden abgelehnt, bis es mit /limits oder /words neu gesetzt oder mit /limits reset verworfen ist. Was sonst gesetzt ist, gilt.',
    dropped:
      'Was nicht lesbar war, wurde verworfen. Sieh dir /limits show und /words list an und setze neu, was fehlt.',
    resetNothing: 'Das sind schon die Standardwerte. Es wurde nichts geändert.',
    role: 'Bilder pro Tag für jedes Mitglied mit {{role}}: bisher **{{before}}**, ab jetzt **{{after}}**. Die beste Rolle eines Mitglieds zählt.',
    rolesFull:
      'Höchstens {{max}} Rollen können eine eigene Zahl haben. Es wurde nichts geändert; nimm erst einer ihre weg.',
    references: 'Von Bildern ausgehen',
    allowed: 'erlaubt',
    notAllowed: 'nicht erlaubt',
    referencesSet: '**{{name}}**: war **{{before}}**, ist ab jetzt **{{after}}**.',
    defaults: 'Wo nichts anderes steht, gilt der Standardwert.',
  },
  words: {
    refused:
      'Dieser Prompt enthält ein Wort, das dieser Server nicht erlaubt. Bitte formuliere ihn anders: Unter Bearbeiten steht er, wie du ihn eingegeben hast.',
    added:
      '**{{word}}** hinzugefügt: Ab jetzt wird ein Prompt, der das enthält, abgelehnt. Damit sind es {{count}} von höchstens {{max}} Wörtern.',
    removed: '**{{word}}** entfernt. Verbleibende Wörter: {{count}}.',
    known: '**{{word}}** steht schon auf der Liste, vielleicht in anderer Schreibweise.',
    unknown: '**{{word}}** steht nicht auf der Liste.',
    nothing: 'Ein Wort braucht einen Buchstaben, eine Ziffer oder ein Emoji. Es wurde nichts geändert.',
    too_long: 'Ein Wort kann höchstens {{max}} Zeichen haben. Es wurde nichts geändert.',
    full: 'Die Liste ist voll: Sie hat {{max}} Wörter. Es wurde nichts geändert; entferne erst eins.',
    empty: 'Auf der Liste stehen keine Wörter.',
    title: 'In Prompts nicht erlaubte Wörter ({{count}} von höchstens {{max}})',
  },
  host: {
    balance:
      'Laut RunComfy beträgt dein Guthaben **{{balance}}**, weniger als **{{threshold}}** (`BALANCE_WARNING_USD`). Ist es aufgebraucht, werden Aufträge abgelehnt; für diese wird nichts berechnet. Lade es auf https://www.runcomfy.com auf. Ich melde mich wieder, wenn es darüber war und erneut darunter fällt.',
    assets:
      'Die Bilder eines Auftrags liegen auf **{{origin}}**, von wo ich nichts holen darf; darum bekommt sie niemand. Gehört das RunComfy, nimm es in `RUNCOMFY_ASSET_HOSTS` auf und starte mich neu; Mitglieder bekommen ihre Bilder dann über /history.',
    modelGone:
      'RunComfy hat das Modell **{{name}}** (`{{id}}`) nicht mehr, darum werden Aufträge vorerst abgelehnt; berechnet wird dafür nichts. Such dir auf https://www.runcomfy.com/models ein anderes aus, trag es in `RUNCOMFY_MODELS` ein (etwa `{{example}}`) und starte mich neu; `npm run doctor -- --model {{example}}` zeigt, ob ich damit umgehen kann. Bietet RunComfy {{name}} wieder an, mache ich von selbst weiter.',
    modelNext:
      'RunComfy hat das Modell **{{name}}** (`{{id}}`) nicht mehr. Neue Aufträge gehen an `{{next}}`, das nächste in `RUNCOMFY_MODELS`. Nimm `{{id}}` bei Gelegenheit aus dieser Liste; bietet RunComfy es vorher wieder an, kehre ich von selbst dazu zurück.',
    modelUnmet:
      'Das Modell **{{name}}** (`{{id}}`) von RunComfy nimmt im Feld `{{field}}` nicht mehr an, was ich sende ({{problem}}), darum gehen keine neuen Aufträge mehr dorthin. Berechnet wird dafür nichts. Eine neuere Version von mir kennt vielleicht den neuen Weg; trag bis dahin ein anderes Modell in `RUNCOMFY_MODELS` ein (etwa `{{example}}`) und starte mich neu. `npm run doctor` zeigt, womit ich umgehen kann.',
    editingGone:
      'RunComfy hat das Modell **{{name}}** (`{{id}}`) nicht mehr, mit dem Bilder bearbeitet werden; Aufträge, die von Bildern ausgehen, werden daher vorerst abgelehnt und nicht berechnet. Alle anderen gehen weiter. Sollte RunComfy es wieder anbieten, geht es von selbst weiter; `REFERENCES=off` nimmt die Optionen weg.',
    editingUnmet:
      'RunComfys Modell **{{name}}** (`{{id}}`), mit dem Bilder bearbeitet werden, nimmt nicht mehr an, was ich sende, im Feld `{{field}}` ({{problem}}); Aufträge, die von Bildern ausgehen, werden daher abgelehnt. Dafür wird nichts berechnet, und alle anderen gehen weiter. Eine neuere Version von mir kennt vielleicht den neuen Weg; `REFERENCES=off` nimmt die Optionen weg.',
    authentication:
      'RunComfy akzeptiert meinen API-Schlüssel (`RUNCOMFY_TOKEN`) nicht, darum scheitern Aufträge und werden nach dreien in Folge abgelehnt; berechnet wird dafür nichts. Erzeuge auf https://www.runcomfy.com einen neuen, trag ihn ein und starte mich neu; `npm run doctor` zeigt, ob er angenommen wird.',
    empty:
      'Mein RunComfy-Guthaben ist aufgebraucht, darum scheitern Aufträge und werden nach dreien in Folge abgelehnt; berechnet wird dafür nichts. Lade es auf https://www.runcomfy.com auf; ich mache binnen einer Minute von selbst weiter.',
  },
  ceiling: {
    at80: 'Diesen Monat ({{month}}, UTC) hat dieser Bot **{{used}}** der **{{allowed}}** Bilder verbraucht, die `LIMIT_TOTAL_MONTHLY_IMAGES` auf allen Servern zusammen erlaubt: **80 %** sind erreicht. Neu gezählt wird {{frees}}.',
    at100:
      'Diesen Monat ({{month}}, UTC) hat dieser Bot **{{used}}** der **{{allowed}}** Bilder verbraucht, die `LIMIT_TOTAL_MONTHLY_IMAGES` auf allen Servern zusammen erlaubt: **100 %** sind erreicht, und weitere Aufträge werden abgelehnt. Neu gezählt wird {{frees}}.',
  },
  permission: {
    ViewChannel: 'Kanal ansehen',
    SendMessages: 'Nachrichten senden',
    SendMessagesInThreads: 'Nachrichten in Threads senden',
    EmbedLinks: 'Links einbetten',
    AttachFiles: 'Dateien anhängen',
  },
  quality: { fast: 'schnell', standard: 'Standard' },
  command: {
    usage: { text: 'Was du und dieser Server verbraucht habt, und wann neu gezählt wird' },
    history: { text: 'Deine eigenen Aufträge auf diesem Server, die neuesten zuerst' },
    privacy: { text: 'Was dieser Bot speichert, wie lange, und wie du deine Daten löschst' },
    help: { text: 'Was dieser Bot kann: Optionen, Limits und Buttons' },
    seedream: {
      text: 'Bilder mit {{models}} erstellen',
      prompt: 'Was die Bilder zeigen sollen',
      count: 'Wie viele Bilder ({{number}}, wenn weder dies noch der Prompt es sagt)',
      size: 'Format der Bilder ({{size}} ohne Angabe)',
      seed: 'Um noch einmal mit denselben Einstellungen zu fragen (zufällig ohne Angabe)',
      quality: 'Standard ist besser und langsamer ({{quality}} ohne Angabe)',
      private: 'Nur du siehst die Bilder. Discord vergisst solche Nachrichten; /history bringt sie wieder',
      spoiler: 'Die Bilder sind unscharf, bis man sie anklickt',
      model: 'Welches Modell die Bilder macht ({{model}} ohne Angabe)',
      picture: 'Ein Bild, von dem ausgegangen wird',
      further: 'Ein weiteres Ausgangsbild',
    },
    limits: {
      text: 'Ansehen und festlegen, was dieser Server verbrauchen darf',
      show: 'Jedes Limit: was genutzt ist, wie hoch es gehen kann, wer es gesetzt hat',
      set: 'Ein Limit für diesen Server setzen',
      reset: 'Zurück zum Standardwert',
      role: 'Für eine Rolle eigene Bilder pro Tag und Mitglied festlegen',
      limit: 'Welches Limit',
      value: 'Die neue Zahl; 0 erlaubt keine',
      which: 'Welche Rolle',
      images: 'Bilder pro Tag je Mitglied mit der Rolle; 0 sperrt sie, ohne Angabe entfällt die Zahl',
      guildDailyImages: 'Bilder pro Tag, ganzer Server',
      guildMonthlyImages: 'Bilder pro Monat, ganzer Server',
      userDailyImages: 'Bilder pro Tag, jedes Mitglied',
      guildActiveJobs: 'Aufträge zugleich, ganzer Server',
      userActiveJobs: 'Aufträge zugleich, jedes Mitglied',
      imagesPerJob: 'Bilder in einem Auftrag',
      pictures: 'Ausgangsbilder erlauben oder nicht',
      allow: 'Ob Mitglieder von Bildern ausgehen dürfen',
    },
    words: {
      text: 'Wörter, die dieser Server in Prompts nicht erlaubt',
      add: 'Ein Wort oder eine Wendung hinzufügen; andere Schreibweisen werden auch gefunden',
      remove: 'Ein Wort oder eine Wendung entfernen',
      list: 'Die Wörter anzeigen',
      word: 'Das Wort oder die Wendung',
    },
    editPicture: 'Mit Seedream bearbeiten',
  },
  size: {
    square: 'Quadrat',
    landscape: 'Querformat {{ratio}}',
    portrait: 'Hochformat {{ratio}}',
    ultrawide: 'Ultrabreit {{ratio}}',
    default: '{{size}} (Standard)',
  },
  facts: { seed: 'Seed {{seed}}' },
  flags: {
    unknown:
      '{{flags}} in deinem Prompt kenne ich nicht, deshalb wurde nichts gesendet. Ich lese `--ar`, `--seed`, `--count`, `--size` und `--quality`; was die Bilder nicht zeigen sollen, lässt sich in Worten sagen.',
    read: 'Aus deinem Prompt als Optionen gelesen: {{options}}.',
  },
  mend: {
    count: '{{count}} machen',
    instead: 'Stattdessen {{count}}',
    later: 'Noch einmal versuchen',
    without: 'Ohne das machen',
  },
  tell: {
    button: 'Sag mir Bescheid',
    noted:
      'Wenn dieser Auftrag fertig ist, schreibe ich dir per Direktnachricht, ohne Ping, sofern du Direktnachrichten von mir annimmst.',
    over: 'Dieser Auftrag ist schon fertig.',
    stranger: 'Nur wer diesen Auftrag gegeben hat, kann Bescheid bekommen.',
    done: 'Deine Bilder sind fertig: {{prompt}}\n{{where}}',
    ended: 'Dein Auftrag ist ohne Bilder zu Ende gegangen: {{prompt}}\n{{where}}',
  },
};
