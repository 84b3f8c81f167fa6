/** Los textos en español. */
import type { Sentences } from './sentences.ts';

export const es: Sentences = {
  state: {
    submitting: 'Enviando el trabajo…',
    waiting: 'Esperando a que RunComfy acepte el trabajo',
    waitingHint:
      'RunComfy está ocupado o no responde. El trabajo se reenvía automáticamente; hasta ahora no se ha pagado nada.',
    silent: 'RunComfy no responde bien en este momento. Sigo preguntando; si no mejora, lo dejo {{until}}.',
    in_queue: 'En la cola',
    in_queue_next: 'En la cola · el siguiente',
    in_progress: 'Generando',
    completed: 'Terminado · descargando las imágenes',
    failed: 'Sin imágenes',
    cancelled: 'Cancelado',
    unknown: 'Resultado desconocido',
    lost: 'El bot ha perdido sus registros',
    in_queue_ahead_one: 'En la cola · {{count}} trabajo por delante',
    in_queue_ahead_other: 'En la cola · {{count}} trabajos por delante',
    withdrawn: 'Retirado',
    expected: 'listas {{at}}',
    soon: 'en cualquier momento',
    late: 'tarda más de lo normal',
    byDirectMessage:
      'Esto tarda, y Discord solo me deja cambiar este mensaje un poco más: las imágenes te llegarán por mensaje directo.',
  },
  field: { pictures: 'Imágenes' },
  cancelled: {
    text: 'Cancelado antes de empezar. No se ha cobrado nada y las imágenes no cuentan para ningún límite.',
    by: 'Cancelado por {{by}}. No se ha cobrado nada y las imágenes no cuentan para ningún límite.',
    withdrawn:
      'Tras {{span}} seguía en la cola, así que lo he retirado. No se ha cobrado nada y las imágenes no cuentan para ningún límite.',
  },
  failure: {
    refused: 'RunComfy ha rechazado el trabajo. No se ha cobrado nada. Cambia el prompt e inténtalo de nuevo.',
    authentication:
      'El bot no está bien configurado; se ha avisado a quien lo aloja. No se ha cobrado nada. Inténtalo más tarde.',
    balance:
      'El bot no está bien configurado; se ha avisado a quien lo aloja. No se ha cobrado nada. Inténtalo más tarde.',
    gone: 'RunComfy no conoce el modelo que pide este bot. No se ha cobrado nada. Inténtalo más tarde.',
    model:
      'RunComfy no ha podido crear estas imágenes; puede que su filtro de contenido las haya rechazado. No cuentan para ningún límite. Cambia el prompt e inténtalo de nuevo.',
    not_taken:
      'RunComfy no ha aceptado el trabajo en {{span}}, así que lo he retirado. No se ha cobrado nada. Inténtalo más tarde.',
    deadline:
      'Tras {{span}} no había terminado, así que lo he abandonado. Aún es posible que se cobre (hasta {{cost}}), por eso sigue contando.',
    no_pictures:
      'RunComfy ha terminado sin una sola imagen. Puede que haya cobrado {{cost}}, por eso el trabajo sigue contando. Prueba con otro prompt.',
    unreadable:
      'RunComfy ha terminado, pero su respuesta no se ha podido leer, así que no hay imágenes que mostrar. Puede que haya cobrado {{cost}}, así que el trabajo sigue contando. Avisa a la persona que aloja el bot.',
    reason: 'RunComfy dice: {{reason}}',
    reference_gone:
      'Antes de poder enviar la solicitud, una imagen de partida dejó de estar disponible. No se cobró nada. Pulsa Editar y da otra.',
    reference_unreachable:
      'RunComfy no pudo obtener una imagen de partida. No se cobró nada. Pulsa Editar y dala de nuevo como archivo.',
    reference_unsuitable:
      'RunComfy no acepta una imagen de partida: es demasiado grande, o de una forma o tipo que no puede usar. No se cobró nada. Pulsa Editar y da otra.',
    reference_moderated:
      'El filtro de contenido de RunComfy rechazó una imagen de partida. No se cobró nada. Pulsa Editar y da otra.',
  },
  unknown: {
    text: 'La conexión con RunComfy se cortó antes de que respondiera. Puede que el trabajo se haya creado y cobrado (hasta {{cost}}), por eso sigue contando y no se reenvía automáticamente. Si quieres, puedes pedirlo otra vez.',
    lost: 'RunComfy ya no reconoce este trabajo. Puede que se haya cobrado (hasta {{cost}}), por eso sigue contando.',
  },
  lost: {
    text: 'El bot ha perdido sus registros y, con ellos, este trabajo. Puede que las imágenes aún se hagan y se cobren (hasta {{cost}}), pero ya no pueden traerse aquí y quizá falten en los límites. Cuando quien aloja el bot lo haya revisado, puedes pedirlas de nuevo, lo que se cobra otra vez.',
  },
  gallery: {
    ends_failed: 'Sin crear: {{count}}. Eso no se cobra ni cuenta para ningún límite.',
    ends_cancelled: 'Canceladas: {{count}}. Eso no se cobra ni cuenta para ningún límite.',
    ends_cancelledBy: 'Canceladas por {{by}}: {{count}}. Eso no se cobra ni cuenta para ningún límite.',
    ends_perhaps: 'Sin aclarar: {{count}}. Puede que se haya cobrado, así que sigue contando.',
    delivered: '{{delivered}} de {{asked}}',
    surplus: '{{delivered}}, pedidas {{asked}}',
    part: 'Imágenes {{from}} a {{to}}',
    partOne: 'Imagen {{from}}',
    fewer:
      'RunComfy ha creado {{made}} de las {{asked}} imágenes; puede que algunas no hayan pasado su filtro de contenido.',
    missing_one: 'Todavía no se ha podido descargar {{count}} imagen. Lo sigo intentando; el plazo acaba {{until}}.',
    missing_other:
      'Todavía no se han podido descargar {{count}} imágenes. Lo sigo intentando; el plazo acaba {{until}}.',
    lost_one: 'No se ha podido descargar {{count}} imagen: {{links}}',
    lost_other: 'No se han podido descargar {{count}} imágenes: {{links}}',
    reencoded: 'Las originales pesaban demasiado para Discord, así que se han comprimido. Originales: {{links}}',
    videos: 'Vídeos: {{links}}',
    unshowable_one: 'Discord no puede mostrar {{count}} imagen tal como está: {{links}}',
    unshowable_other: 'Discord no puede mostrar {{count}} imágenes tal como están: {{links}}',
    notAllowed_one:
      '{{count}} imagen está en un servidor del que no puedo descargar. Quien me aloja ya lo sabe; cuando se arregle, /history puede traerla.',
    notAllowed_other:
      '{{count}} imágenes están en un servidor del que no puedo descargar. Quien me aloja ya lo sabe; cuando se arregle, /history puede traerlas.',
    links: 'Sus direcciones, mientras RunComfy las guarde: {{links}}',
    unposted_one:
      'No se ha podido publicar aquí {{count}} imagen; /history puede traerla mientras RunComfy la guarde: {{links}}',
    unposted_other:
      'No se han podido publicar aquí {{count}} imágenes; /history puede traerlas mientras RunComfy las guarde: {{links}}',
    inFile: 'en el archivo adjunto',
    refused:
      'Las imágenes están listas, pero Discord se niega a mostrarlas aquí. Abre /history y pulsa Entregar para recibirlas en privado.',
    moved: 'Las imágenes de este trabajo se han enviado a otro lugar, porque no se podían mostrar aquí.',
    more: 'Aquí siguen más imágenes de este trabajo.',
    elsewhere: 'Tus imágenes de {{channel}}. No se han podido publicar allí.',
    undelivered: 'Las imágenes están listas, pero no se han podido traer aquí.',
    expired:
      'Las imágenes no se han podido descargar. RunComfy solo las guarda durante un tiempo, así que lo más probable es que sus enlaces hayan caducado. Siguen contando.',
    ends_withdrawn:
      'Tras {{span}} seguían en la cola, así que se han retirado: {{count}}. No se cobra nada por ello y no cuenta para ningún límite.',
  },
  button: { cancel: 'Cancelar', again: 'Otra vez', edit: 'Editar', seed: 'Semilla', remove: 'Quitar' },
  edit: {
    title: 'Editar y pedir de nuevo',
    prompt: 'Qué deben mostrar las imágenes',
    count: 'Cuántas imágenes (1 a {{max}})',
    size: 'Tamaño',
    use: 'Usar imagen …',
    pictureTitle: 'Editar con Seedream',
    from: 'Partir de',
    files: 'Más imágenes de partida',
    picture: 'Imagen {{number}}',
    same_one: 'La misma imagen de antes',
    same_other: 'Las mismas {{count}} imágenes de antes',
    quality: 'Calidad',
    seed: 'Semilla (vacía: una nueva)',
    flags: 'Aquí puedes añadir {{flags}}.',
    kept: 'Se mantiene: {{options}}.',
    asBefore: '{{flag}} (como antes)',
  },
  seed: {
    text: 'Semilla **{{seed}}**. Para pedir otra vez con los mismos ajustes:',
    pictures_one: 'Partió de {{count}} imagen: dala de nuevo con la opción picture.',
    pictures_other:
      'Partió de {{count}} imágenes: dalas de nuevo con las opciones picture, picture2 y picture3, o pulsa Otra vez.',
  },
  remove: {
    stranger: 'Solo quien las pidió, o un miembro con Gestionar mensajes, puede quitar estas imágenes.',
    running:
      'Este trabajo aún no ha terminado. No se ha quitado nada; inténtalo de nuevo cuando estén aquí todas sus imágenes.',
    trouble: 'Discord no me ha dejado quitarlo todo; inténtalo de nuevo.',
    standing_one:
      'Aún queda {{count}} mensaje con imágenes: no tengo acceso a donde está. Cuando lo tenga, pulsa Quitar otra vez.',
    standing_other:
      'Aún quedan {{count}} mensajes con imágenes: no tengo acceso a donde están. Cuando lo tenga, pulsa Quitar otra vez.',
    private:
      'Quitado aquí. Otros mensajes con sus imágenes, que solo ves tú, quedan fuera de mi alcance: descártalos tú, por favor. Las imágenes siguen contando, porque se han pagado.',
    done: 'Quitado. Las imágenes siguen contando, porque se han pagado.',
    forgotten:
      'He quitado este mensaje. Ya no conozco su trabajo, así que otros mensajes con sus imágenes, si los hay, se quedan. Las imágenes siguen contando, porque se han pagado.',
  },
  cancel: {
    part: 'Canceladas: {{cancelled}}. Se están creando o ya están creadas: {{kept}}.',
    late: 'Demasiado tarde para cancelar: RunComfy ya ha empezado con las imágenes.',
    over: 'Ya no hay nada que cancelar: este trabajo ha terminado.',
    trouble:
      'RunComfy no ha respondido. Intento cancelar de nuevo en la próxima consulta; el mensaje muestra el resultado.',
    stranger: 'Solo quien lo pidió, o un miembro con Gestionar mensajes, puede cancelar este trabajo.',
  },
  refusal: {
    guildOnly: 'Esto solo funciona en servidores. Úsalo en uno en el que yo esté.',
    permissions:
      'Primero necesito estos permisos en este canal: {{permissions}}. Pide a un administrador del servidor que los añada.',
    stopping: 'El bot se está reiniciando. No se ha cobrado nada; inténtalo de nuevo en un minuto.',
    store: 'El bot no puede acceder ahora a sus datos. No se ha cobrado nada; inténtalo de nuevo en un minuto.',
    recordsLost:
      'El bot ha perdido sus registros, así que por ahora no acepta trabajos. Por esto no se ha cobrado nada. Avisa a quien aloja el bot: primero tiene que revisarlo.',
    storeUnsure:
      'El bot no puede acceder a sus datos, así que aún no sabe si tu trabajo fue aceptado. Que sepa, no se ha enviado nada a RunComfy. Si fue aceptado, sus imágenes llegarán aquí; si no, no se cobra nada. Vuelve a mirar aquí en unos minutos antes de pedirlo otra vez, porque podrían cobrarse ambos.',
    unreadable:
      'La configuración de este servidor no se puede leer por completo, así que ahora no puedes pedir imágenes aquí. Alguien con Gestionar servidor puede definirla de nuevo: /limits show dice qué falta.',
    storeCancel:
      'El bot no puede acceder ahora a sus datos, así que el trabajo continúa. Vuelve a pulsar dentro de un minuto.',
    gone: 'Ya no tengo constancia de este trabajo. Puedes pedirlo de nuevo con /seedream.',
    storeRead: 'El bot no puede acceder ahora a sus datos. Inténtalo de nuevo en un minuto.',
    command: 'No conozco este comando (o ya no existe). /help muestra lo que sé hacer.',
    unexpected: 'Algo ha fallado por mi parte. Esta vez no se ha cobrado nada; inténtalo de nuevo.',
    seed: 'La semilla debe ser un número entero de 0 a {{max}}. Pulsa Editar para cambiarla; si la dejas vacía, se elige una nueva.',
    privately:
      'Este trabajo es privado, y desde aquí lo verían todos. Pulsa Editar aquí abajo para pedirlo en privado, u Otra vez en /history.',
    choice: 'No conozco esa opción. Elige una de la lista.',
    paused:
      'El bot no está bien configurado; se ha avisado a quien lo aloja. Hasta que se arregle no acepta trabajos; próximo intento {{at}}.',
  },
  model: {
    choice: '{{model}} · {{price}} por imagen',
    gone: 'RunComfy ya no ofrece el modelo que usa este bot; se ha avisado a quien lo aloja. Inténtalo más tarde.',
    unmet:
      'RunComfy ha cambiado la forma de pedir a este modelo; se ha avisado a quien aloja el bot. Inténtalo más tarde.',
    over: '{{model}} ya no se ofrece.',
    next: '{{gone}} ya no se ofrece, así que esto se hace con **{{model}}** ({{price}} por imagen).',
    size: '{{model}} no tiene el tamaño {{size}}. Elige uno que tenga: {{sizes}}.',
    noSize: 'Con {{model}} no se puede elegir el tamaño. No indiques el tamaño.',
    off: 'Este bot no acepta imágenes de partida. Pide de nuevo sin ninguna.',
    textOnly: '{{model}} no puede partir de imágenes. Quítalas o elige otro modelo.',
    picturesOnly: '{{model}} necesita una imagen de partida. Añade una.',
    editingGone:
      'RunComfy ya no ofrece el modelo que parte de imágenes. Sin imágenes puedes seguir pidiendo. Avisa a quien aloja el bot.',
  },
  references: {
    from_one: 'a partir de {{count}} imagen',
    from_other: 'a partir de {{count}} imágenes',
    alt: 'La primera imagen de la que parte',
    too_many: 'Son {{given}} imágenes de partida, y caben {{max}} como máximo. Da menos.',
    too_few: 'Este modelo necesita al menos {{min}} imágenes de partida. Añade alguna.',
    format: 'La imagen {{number}} no es un archivo PNG, JPEG ni WebP. Da otra.',
    too_heavy: 'La imagen {{number}} pesa más de {{max}} MB. Da un archivo más pequeño.',
    too_many_pixels: 'La imagen {{number}} tiene más de {{max}} megapíxeles. Hazla más pequeña.',
    ratio: 'Un lado de la imagen {{number}} mide más de {{max}} veces el otro. Recórtala.',
    elsewhere: 'La imagen {{number}} no se puede pasar: solo las que tiene Discord mismo. Dala como archivo.',
    expired:
      'La imagen {{number}} ya no está disponible: su dirección de Discord caducó o su mensaje ya no existe. Dala de nuevo o usa otra.',
    together:
      'Las imágenes de partida y las que se piden pueden sumar {{most}} como máximo, y son {{given}} y {{asked}}. Con estas se pueden pedir hasta {{max}}.',
    barred: 'Este servidor no permite partir de imágenes. Pide sin ellas.',
    none: 'Este mensaje no tiene ninguna imagen de la que pueda partir. /seedream admite una como archivo, con la opción picture.',
    forgotten: 'Ya no conozco las imágenes de las que partió. Pulsa Editar y dalas de nuevo.',
    formLost:
      'Me reiniciaron entretanto y ya no sé de qué imágenes era este formulario. Usa de nuevo el comando en el mensaje, o pulsa Editar y da las imágenes como archivos.',
  },
  suggestion: {
    gone: 'No conozco el prompt al que corresponde esta sugerencia. Escribe el prompt o elige otra sugerencia.',
    cut: 'Esto parece una sugerencia con el final cortado («…») y no conozco el prompt entero. Vuelve a elegirla en la lista o escríbelo entero. Si no falta nada, quita «…».',
    several:
      'Varios de tus prompts anteriores empiezan así y no puedo saber cuál quieres. Vuelve a elegir uno en la lista o escríbelo entero.',
  },
  prompt: {
    empty: 'El prompt está vacío. Di qué deben mostrar las imágenes.',
    too_long: 'El prompt es demasiado largo: tiene {{length}} caracteres y caben {{max}}. Acórtalo.',
    mismatch:
      'El número de imágenes del prompt es {{stated}} y el de la opción count es {{count}}. Haz que coincidan o no uses count.',
    ambiguous:
      'El prompt menciona más de un número de imágenes ({{numbers}}). Menciona uno solo o usa únicamente la opción count.',
    unsure:
      'No puedo saber cuántas imágenes pide esto: {{numbers}} puede ser el número o parte de lo que muestran. Pulsa un número abajo o indícalo con la opción count.',
    out_of_range: 'Esto pide {{number}} imágenes; un trabajo puede tener de 1 a {{max}}. Cambia el número.',
    above_job_limit:
      'Esto pide {{number}} imágenes; aquí un trabajo puede tener como máximo {{max}}. Cambia el número.',
  },
  limit: {
    userActiveJobs: 'Tienes {{used}} de {{allowed}} trabajos en marcha. Inténtalo cuando termine uno de ellos.',
    guildActiveJobs:
      'Este servidor tiene {{used}} de {{allowed}} trabajos en marcha. Inténtalo cuando termine uno de ellos.',
    userDailyImages:
      'Has usado {{used}} de tus {{allowed}} imágenes de hoy, y esto pide {{asked}}. Se restablece {{resets}}.',
    guildDailyImages:
      'Este servidor ha usado {{used}} de sus {{allowed}} imágenes de hoy, y esto pide {{asked}}. Se restablece {{resets}}.',
    guildMonthlyImages:
      'Este servidor ha usado {{used}} de sus {{allowed}} imágenes de este mes, y esto pide {{asked}}. Se restablece {{resets}}.',
    totalMonthlyImages:
      'Este bot ha usado {{used}} de sus {{allowed}} imágenes de este mes en todos los servidores, y esto pide {{asked}}. Se restablece {{resets}}.',
  },
  usage: {
    title: 'Imágenes usadas',
    you: 'Tú',
    server: 'Este servidor',
    total: 'Todos los servidores de este bot',
    today: '{{used}} de {{allowed}} hoy',
    month: '{{used}} de {{allowed}} este mes',
    running: '{{used}} de {{allowed}} trabajos en marcha',
    perJob_one: 'Aquí un trabajo puede tener {{count}} imagen.',
    perJob_other: 'Aquí un trabajo puede tener hasta {{count}} imágenes.',
    cost: 'Coste, a {{price}} por imagen',
    costToday: 'Hoy: {{pictures}} · {{cost}}',
    costMonth: 'Este mes: {{pictures}} · {{cost}}',
    costRecent: 'Últimos {{days}} días: {{pictures}} · {{cost}}',
    pictures_one: '{{count}} imagen',
    pictures_other: '{{count}} imágenes',
    byMember: 'Últimos {{days}} días, por miembro',
    others: 'Otros',
    nothing: 'Ninguna imagen en los últimos {{days}} días.',
    alt: 'Gráfico de barras con las imágenes por día de los últimos {{days}} días, apiladas por miembro: {{total}} en total, con el máximo el {{day}} ({{most}}).',
    all: {
      only: 'Solo lo ven quienes alojan este bot.',
      month: 'Este mes, todos los servidores',
      billed: 'Cobrado por RunComfy: {{cost}}',
      estimated: 'Estimado: {{cost}}',
      unknown: 'De ello, no se sabe si se cobraron {{cost}}. `npm run statement` enumera esas peticiones.',
      balance: 'Saldo en RunComfy',
      noBalance: 'RunComfy no lo ha indicado.',
      servers: 'Servidores con más imágenes este mes: cobrado (estimado)',
      none: 'Nada todavía.',
    },
    resets: 'Se restablece',
    resetsDay: 'lo de hoy: {{at}}',
    resetsMonth: 'lo del mes: {{at}}',
  },
  history: {
    title: 'Tus trabajos en este servidor',
    empty: 'Ya no tengo constancia de ningún trabajo tuyo en este servidor. Prueba /seedream.',
    delivered: 'Entregado',
    removed: 'Entregado y después quitado',
    undelivered: 'Listo, pero no entregado',
    partly: 'Entregado en parte',
    undeliveredHint:
      'Las imágenes no se han podido traer a Discord. Pulsa Entregar para recibirlas aquí, mientras RunComfy las guarde.',
    forgotten: 'Los detalles ya no se guardan',
    message: 'Ir al mensaje',
    again: 'Otra vez {{number}}',
    deliver: 'Entregar {{number}}',
    newer: 'Más recientes',
    older: 'Más antiguas',
    kept_one: 'Se guardan {{count}} día. Más información en /privacy.',
    kept_other: 'Se guardan {{count}} días. Más información en /privacy.',
    confirm: '¿Otra vez, con otra semilla? Cuesta {{cost}}.',
    privateHint:
      'Discord ya lo ha olvidado o lo olvidará pronto. Entregar vuelve a traer aquí las imágenes mientras RunComfy las guarde.',
  },
  deliver: {
    running: 'Este trabajo no ha terminado, o sus imágenes ya están en camino. Vuelve a mirar en un minuto.',
    over: 'No hay nada que entregar de este trabajo.',
    justNow: 'Sus imágenes acaban de llegar; todavía están ahí.',
  },
  privacy: {
    title: 'Privacidad',
    kept: 'Qué se guarda',
    requests_one:
      'Tus trabajos, con prompt, ajustes, servidor, canal, tu ID de usuario, enlaces a las imágenes y las direcciones de las de partida: {{count}} día desde que terminan.',
    requests_other:
      'Tus trabajos, con prompt, ajustes, servidor, canal, tu ID de usuario, enlaces a las imágenes y las direcciones de las de partida: {{count}} días desde que terminan.',
    counts:
      'Cuántas imágenes pediste y cuándo, con tu ID de usuario, para los límites y el coste: {{days}} días como máximo. Los administradores de un servidor lo ven por miembro.',
    where: 'Dónde',
    whereText:
      'Con quien aloja este bot. RunComfy recibe el prompt, sus ajustes y las direcciones de las imágenes de partida, no quién lo pidió. Las imágenes están en Discord y, por tiempo limitado, en RunComfy.',
    not: 'Qué no se guarda',
    notText: 'Mensajes: el bot no los lee. Imágenes: se pasan a Discord.',
    delete: 'Borrar',
    deleteText:
      'El botón de abajo borra tus trabajos terminados en todos los servidores y quita tu nombre de los recuentos. Las galerías de Discord se quedan; el botón Quitar que hay debajo de cada una la borra. Lo que un administrador haya fijado para un servidor se queda, junto con quién lo fijó.',
    erase: 'Borrar mis datos',
    confirm:
      '¿Borrar tus trabajos terminados en todos los servidores, con sus prompts? Tu historial quedará vacío y las imágenes que aún no se han podido entregar se perderán. Las imágenes siguen contando, sin tu nombre. No se puede deshacer.',
    confirmErase: 'Sí, borrar',
    keep: 'Conservar',
    left: 'No se ha borrado nada.',
    erased_one: 'Se ha borrado {{count}} trabajo.',
    erased_other: 'Se han borrado {{count}} trabajos.',
    none: 'No había nada que borrar.',
    today:
      'Lo que has pedido hoy cuenta para tu límite hasta medianoche (UTC); tu nombre se quita en la hora siguiente.',
    running_one: '{{count}} trabajo sigue en marcha y se ha conservado. Bórralo aquí cuando termine.',
    running_other: '{{count}} trabajos siguen en marcha y se han conservado. Bórralos aquí cuando terminen.',
    trouble:
      'El bot no puede acceder ahora a sus datos, así que no se ha borrado todo. Usa /privacy de nuevo en un minuto.',
  },
  help: {
    title: 'Imágenes con {{models}}',
    text: 'Dime qué deben mostrar las imágenes; las hago y las traigo aquí, aunque me reinicien entretanto.',
    options: 'Opciones de /seedream',
    optionsText:
      '**count** cuántas imágenes; el prompt también puede decirlo ("5 imágenes de gatos")\n**size** la forma: horizontal, vertical, cuadrada\n**picture** una imagen de partida; picture2 y picture3 para más\n**seed** para pedir otra vez con los mismos ajustes\n**quality** rápida o estándar\n**private** solo tú las ves\n**spoiler** borrosas hasta que alguien las pulsa\n**model** qué modelo las hace',
    limits: 'Límites',
    limitsText:
      'Las imágenes se limitan por día y mes (UTC), y los trabajos por cuántos hay a la vez; **/usage** muestra lo que queda. Lo que se rechaza, falla en RunComfy o se cancela a tiempo no cuenta para nada.',
    buttons: 'Botones',
    buttonsText:
      '**Cancelar** mientras el trabajo está en la cola\n**Otra vez** lo mismo con otra semilla\n**Editar** lo mismo con cambios\n**Semilla** muestra la semilla y los ajustes para copiar\n**Quitar** borra las imágenes de Discord; no libera nada',
    more: 'Más',
    moreText:
      '**/history** tus trabajos; trae las imágenes que no llegaron o que Discord olvidó\n**/usage** lo que se ha usado y cuándo se restablece\n**/privacy** qué se guarda y cómo borrarlo',
    pictures: 'Partir de imágenes',
    picturesText:
      '**Usar imagen …** bajo una galería parte de una de sus imágenes\n**Editar** toma imágenes de la galería y archivos\n**Editar con Seedream** en el menú Aplicaciones de cualquier mensaje con imágenes',
    examples: 'Pruébalo',
    examplesText:
      '{{command}} un faro al amanecer, acuarela\n{{command}} 4 fotos de un zorro en la nieve\n{{command}} una calle de neón bajo la lluvia --ar 9:16',
    admins: 'Para administradores',
    adminsText:
      '**/limits** ver y fijar lo que pueden usar este servidor, sus miembros y sus roles\n**/words** palabras que los prompts no pueden llevar\n**/usage** te muestra quién ha usado cuánto y lo que ha costado',
  },
  barred: {
    user: 'No puedes pedir imágenes en este servidor: tu límite es 0. Un administrador del servidor puede cambiarlo.',
    guild:
      'Nadie puede pedir imágenes en este servidor: su límite es 0. Un administrador del servidor puede cambiarlo.',
    total: 'Este bot no crea imágenes: su límite en todos los servidores es 0. Avisa a la persona que aloja el bot.',
  },
  guild: {
    stranger: 'Eso solo pueden hacerlo los miembros con Gestionar servidor y la persona que aloja este bot.',
    store:
      'El bot no puede acceder ahora a sus datos, así que puede que no haya cambiado nada. Vuelve a mirar en un minuto.',
  },
  limits: {
    title: 'Límites de este servidor',
    days: 'Los días y los meses empiezan a medianoche UTC.',
    total: 'Imágenes al mes, todos los servidores',
    roles: 'Imágenes al día para cada miembro con un rol',
    changes: 'Últimos cambios',
    used: 'Uso: **{{used}}** · límite: **{{limit}}**',
    usedByYou: '**{{limit}}** · tu uso: **{{used}}**',
    plain: '**{{limit}}**',
    ceiling: 'se puede subir hasta {{ceiling}}',
    set: 'Fijado en {{value}} por {{by}} {{at}}',
    raised: 'Subido a {{value}} por {{by}}, que aloja el bot, {{at}}',
    setBy: 'fijado por {{by}} {{at}}',
    none: 'ninguno',
    changed: '**{{name}}**: antes **{{before}}**, a partir de ahora **{{after}}**. Se puede subir hasta {{ceiling}}.',
    above:
      '**{{name}}** no se puede fijar por encima de **{{ceiling}}** aquí. No se ha cambiado nada; solo la persona que aloja este bot puede subirlo.',
    range: '**{{name}}** debe ser un número entero de {{min}} a {{max}}. No se ha cambiado nada.',
    resetLine: '**{{name}}**: antes **{{before}}**, a partir de ahora **{{after}}**.',
    unreadable:
      'No se pudo leer: {{names}}. Se rechazan las solicitudes hasta que se defina de nuevo con /limits o /words, o se descarte con /limits reset. Lo demás sigue vigente.',
    dropped: 'Lo que no se podía leer se descartó. Mira /limits show y /words list y define de nuevo lo que falte.',
    resetNothing: 'Ya son los valores por defecto. No se ha cambiado nada.',
    role: 'Imágenes al día para cada miembro con {{role}}: antes **{{before}}**, a partir de ahora **{{after}}**. Cuenta el número más alto entre los roles de un miembro.',
    rolesFull: 'Como máximo {{max}} roles pueden tener un número propio. No se ha cambiado nada; quita uno antes.',
    references: 'Partir de imágenes',
    allowed: 'permitido',
    notAllowed: 'no permitido',
    referencesSet: '**{{name}}**: era **{{before}}**, desde ahora es **{{after}}**.',
    defaults: 'Donde no se dice otra cosa, vale el valor predeterminado.',
  },
  words: {
    refused:
      'Este prompt contiene una palabra que este servidor no permite. Dilo de otra manera: en Editar está tal como lo escribiste.',
    added:
      'Se ha añadido **{{word}}**: a partir de ahora se rechaza cualquier prompt que la contenga. Palabras en la lista: {{count}} de un máximo de {{max}}.',
    removed: 'Se ha quitado **{{word}}**. Palabras restantes: {{count}}.',
    known: '**{{word}}** ya está en la lista, quizá con otra grafía.',
    unknown: '**{{word}}** no está en la lista.',
    nothing: 'Una palabra necesita una letra, una cifra o un emoji. No se ha cambiado nada.',
    too_long: 'Una palabra puede tener como máximo {{max}} caracteres. No se ha cambiado nada.',
    full: 'La lista está llena: tiene {{max}} palabras. No se ha cambiado nada; quita una antes.',
    empty: 'No hay palabras en la lista.',
    title: 'Palabras no permitidas en los prompts ({{count}} de un máximo de {{max}})',
  },
  host: {
    balance:
      'RunComfy dice que tu saldo es de **{{balance}}**, menos de **{{threshold}}** (`BALANCE_WARNING_USD`). Cuando se agote, los trabajos se rechazan y no se cobra nada por ellos. Recárgalo en https://www.runcomfy.com. Te avisaré otra vez cuando haya estado por encima y vuelva a bajar.',
    assets:
      'Las imágenes de un trabajo están en **{{origin}}**, de donde no puedo descargar, así que nadie las recibe. Si es de RunComfy, añádelo a `RUNCOMFY_ASSET_HOSTS` y reiníciame; entonces los miembros podrán recibirlas con /history.',
    modelGone:
      'RunComfy ya no tiene el modelo **{{name}}** (`{{id}}`), así que por ahora los trabajos se rechazan; no se cobra nada por ellos. Elige otro en https://www.runcomfy.com/models, ponlo en `RUNCOMFY_MODELS` (por ejemplo `{{example}}`) e iníciame de nuevo; `npm run doctor -- --model {{example}}` muestra si puedo usarlo. Si RunComfy vuelve a ofrecer {{name}}, sigo por mi cuenta.',
    modelNext:
      'RunComfy ya no tiene el modelo **{{name}}** (`{{id}}`). Los trabajos nuevos se hacen con `{{next}}`, el siguiente de `RUNCOMFY_MODELS`. Quita `{{id}}` de esa lista cuando puedas; si RunComfy vuelve a ofrecerlo antes, vuelvo a él por mi cuenta.',
    modelUnmet:
      'El modelo **{{name}}** (`{{id}}`) de RunComfy ya no acepta lo que envío en el campo `{{field}}` ({{problem}}), así que no se hacen trabajos nuevos con él. No se cobra nada por ello. Una versión más nueva de mí quizá conozca la nueva forma; hasta entonces pon otro modelo en `RUNCOMFY_MODELS` (por ejemplo `{{example}}`) e iníciame de nuevo. `npm run doctor` muestra qué puedo usar.',
    editingGone:
      'RunComfy ya no tiene el modelo **{{name}}** (`{{id}}`), con el que se editan imágenes; por ahora se rechazan las solicitudes que parten de imágenes, sin cobro. Las demás siguen. Si RunComfy lo ofrece de nuevo, sigo por mi cuenta; `REFERENCES=off` quita las opciones.',
    editingUnmet:
      'El modelo de RunComfy **{{name}}** (`{{id}}`), con el que se editan imágenes, ya no acepta lo que envío, en el campo `{{field}}` ({{problem}}); se rechazan las solicitudes que parten de imágenes. No se cobra nada por eso, y las demás siguen. Una versión más nueva quizá conozca la nueva forma; `REFERENCES=off` quita las opciones.',
    authentication:
      'RunComfy no acepta mi clave API (`RUNCOMFY_TOKEN`), así que los trabajos fallan y, tras tres seguidos, se rechazan; no se cobra nada por ellos. Crea una clave nueva en https://www.runcomfy.com, ponla e iníciame de nuevo; `npm run doctor` muestra si se acepta.',
    empty:
      'Mi saldo de RunComfy se ha agotado, así que los trabajos fallan y, tras tres seguidos, se rechazan; no se cobra nada por ellos. Recárgalo en https://www.runcomfy.com; en un minuto sigo por mi cuenta.',
  },
  ceiling: {
    at80: 'Este mes ({{month}}, UTC) este bot ha usado **{{used}}** de las **{{allowed}}** imágenes que `LIMIT_TOTAL_MONTHLY_IMAGES` permite en todos los servidores: se ha llegado al **80 %**. La cuenta empieza de nuevo {{frees}}.',
    at100:
      'Este mes ({{month}}, UTC) este bot ha usado **{{used}}** de las **{{allowed}}** imágenes que `LIMIT_TOTAL_MONTHLY_IMAGES` permite en todos los servidores: se ha llegado al **100 %** y se rechazan los trabajos nuevos. La cuenta empieza de nuevo {{frees}}.',
  },
  permission: {
    ViewChannel: 'Ver canal',
    SendMessages: 'Enviar mensajes',
    SendMessagesInThreads: 'Enviar mensajes en hilos',
    EmbedLinks: 'Insertar enlaces',
    AttachFiles: 'Adjuntar archivos',
  },
  quality: { fast: 'rápida', standard: 'estándar' },
  command: {
    usage: { text: 'Lo que habéis usado tú y este servidor, y cuándo se restablece' },
    history: { text: 'Tus propios trabajos en este servidor, los más recientes primero' },
    privacy: { text: 'Qué guarda este bot, cuánto tiempo y cómo borrar tus datos' },
    help: { text: 'Qué hace este bot: opciones, límites y botones' },
    seedream: {
      text: 'Crea imágenes con {{models}}',
      prompt: 'Qué deben mostrar las imágenes',
      count: 'Cuántas imágenes ({{number}} si ni esto ni el prompt lo dicen)',
      size: 'Forma de las imágenes ({{size}} si no se indica)',
      seed: 'Para pedir otra vez con los mismos ajustes (al azar si no se indica)',
      quality: 'estándar es mejor y más lenta ({{quality}} si no se indica)',
      private: 'Solo tú ves las imágenes. Discord olvida esos mensajes; /history las vuelve a traer',
      spoiler: 'Las imágenes se ven borrosas hasta que alguien las pulsa',
      model: 'Qué modelo hace las imágenes ({{model}} si no se indica)',
      picture: 'Una imagen de partida',
      further: 'Otra imagen de partida',
    },
    limits: {
      text: 'Ver y fijar lo que este servidor puede usar',
      show: 'Cada límite: qué se ha usado, hasta dónde puede subir, quién lo fijó',
      set: 'Fijar un límite para este servidor',
      reset: 'Volver al valor por defecto',
      role: 'Fijar las imágenes al día de cada miembro con un rol',
      limit: 'Qué límite',
      value: 'El número nuevo; 0 no permite ninguna',
      which: 'Qué rol',
      images: 'Imágenes al día de cada miembro con el rol; 0 las prohíbe, vacío quita el número',
      guildDailyImages: 'Imágenes al día, todo el servidor',
      guildMonthlyImages: 'Imágenes al mes, todo el servidor',
      userDailyImages: 'Imágenes al día, cada miembro',
      guildActiveJobs: 'Trabajos a la vez, todo el servidor',
      userActiveJobs: 'Trabajos a la vez, cada miembro',
      imagesPerJob: 'Imágenes en un trabajo',
      pictures: 'Permitir o no partir de imágenes',
      allow: 'Si los miembros pueden partir de imágenes',
    },
    words: {
      text: 'Palabras que este servidor no permite en los prompts',
      add: 'Añadir una palabra o frase; también se encuentran sus otras grafías',
      remove: 'Quitar una palabra o frase',
      list: 'Mostrar las palabras',
      word: 'La palabra o frase',
    },
    editPicture: 'Editar con Seedream',
  },
  size: {
    square: 'Cuadrado',
    landscape: 'Horizontal {{ratio}}',
    portrait: 'Vertical {{ratio}}',
    ultrawide: 'Ultrapanorámico {{ratio}}',
    default: '{{size}} (predeterminado)',
  },
  facts: { seed: 'semilla {{seed}}' },
  flags: {
    unknown:
      'No conozco {{flags}}, que está en tu prompt, así que no se ha enviado nada. Leo `--ar`, `--seed`, `--count`, `--size` y `--quality`; lo que las imágenes no deben mostrar se puede decir con palabras.',
    read: 'Leído de tu prompt como opciones: {{options}}.',
  },
  mend: {
    count: 'Hacer {{count}}',
    instead: 'Hacer {{count}} en su lugar',
    later: 'Reintentar',
    without: 'Hacerlo sin eso',
  },
  tell: {
    button: 'Avísame al terminar',
    noted:
      'Cuando este trabajo termine te escribo por mensaje directo, sin notificación, si aceptas mis mensajes directos.',
    over: 'Este trabajo ya ha terminado.',
    stranger: 'Solo se puede avisar a quien pidió este trabajo.',
    done: 'Tus imágenes están listas: {{prompt}}\n{{where}}',
    ended: 'Tu trabajo ha terminado sin imágenes: {{prompt}}\n{{where}}',
  },
};
