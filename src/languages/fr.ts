/** Les textes en français. */
import type { Sentences } from './sentences.ts';

export const fr: Sentences = {
  state: {
    submitting: 'Envoi de la tâche …',
    waiting: 'En attente que RunComfy prenne la demande',
    waitingHint:
      "RunComfy est occupé ou injoignable. La tâche est renvoyée automatiquement ; rien n'a été payé jusqu'ici.",
    silent:
      'RunComfy ne répond pas correctement en ce moment. Je continue de demander ; le délai se termine {{until}}.',
    in_queue: "Dans la file d'attente",
    in_queue_next: "Dans la file d'attente · prochain tour",
    in_progress: 'Génération en cours',
    completed: 'Terminé · récupération des images',
    failed: "Pas d'images",
    cancelled: 'Annulé',
    unknown: 'Issue inconnue',
    lost: 'Le bot a perdu ses enregistrements',
    in_queue_ahead_one: "Dans la file d'attente · {{count}} tâche avant toi",
    in_queue_ahead_other: "Dans la file d'attente · {{count}} tâches avant toi",
    withdrawn: 'Retirée',
    expected: 'prêtes {{at}}',
    soon: "d'un instant à l'autre",
    late: "plus long que d'habitude",
    byDirectMessage:
      "C'est long, et Discord ne me laisse modifier ce message qu'un peu plus longtemps : les images t'arriveront en message privé.",
  },
  field: { pictures: 'Images' },
  cancelled: {
    text: "Annulé avant le début. Rien n'a été facturé, et les images ne comptent dans aucune limite.",
    by: "Annulé par {{by}}. Rien n'a été facturé, et les images ne comptent dans aucune limite.",
    withdrawn:
      "Toujours dans la file d'attente après {{span}}, je l'ai donc retirée. Rien n'a été facturé, et les images ne comptent dans aucune limite.",
  },
  failure: {
    refused: "RunComfy a refusé la tâche. Rien n'a été facturé. Change le prompt et réessaie.",
    authentication:
      "Le bot n'est pas bien configuré ; la personne qui l'héberge a été prévenue. Rien n'a été facturé. Réessaie plus tard.",
    balance:
      "Le bot n'est pas bien configuré ; la personne qui l'héberge a été prévenue. Rien n'a été facturé. Réessaie plus tard.",
    gone: "RunComfy ne connaît pas le modèle que ce bot demande. Rien n'a été facturé. Réessaie plus tard.",
    model:
      "RunComfy n'a pas pu faire ces images ; son filtre de contenu les a peut-être refusées. Elles ne comptent dans aucune limite. Change le prompt et réessaie.",
    not_taken:
      "RunComfy n'a pas pris la tâche en {{span}}, je l'ai donc retirée. Rien n'a été facturé. Réessaie plus tard.",
    deadline:
      "Pas terminée après {{span}}, je l'ai donc abandonnée. Elle peut encore être facturée (jusqu'à {{cost}}), elle reste donc comptée.",
    no_pictures:
      'RunComfy a terminé sans une seule image. Il a peut-être facturé {{cost}}, la tâche reste donc comptée. Essaie un autre prompt.',
    unreadable:
      "RunComfy a terminé, mais sa réponse n'a pas pu être lue ; il n'y a donc pas d'images à montrer. Il a peut-être facturé {{cost}}, la tâche reste donc comptée. Préviens la personne qui héberge le bot.",
    reason: 'RunComfy dit : {{reason}}',
    reference_gone:
      "Avant que la tâche puisse partir, une image de départ n'était plus disponible. Rien n'a été facturé. Appuie sur Modifier et donnes-en une autre.",
    reference_unreachable:
      "RunComfy n'a pas pu récupérer une image de départ. Rien n'a été facturé. Appuie sur Modifier et redonne-la en fichier.",
    reference_unsuitable:
      "RunComfy n'accepte pas une image de départ : elle est trop grande, ou d'une forme ou d'un type inutilisable. Rien n'a été facturé. Appuie sur Modifier et donnes-en une autre.",
    reference_moderated:
      "Le filtre de contenu de RunComfy a refusé une image de départ. Rien n'a été facturé. Appuie sur Modifier et donnes-en une autre.",
  },
  unknown: {
    text: "La connexion avec RunComfy a été coupée avant sa réponse. La tâche a peut-être été faite et facturée (jusqu'à {{cost}}), elle reste donc comptée et n'est pas renvoyée automatiquement. Tu peux la relancer si tu veux.",
    lost: "RunComfy ne connaît plus cette tâche. Elle a peut-être été facturée (jusqu'à {{cost}}), elle reste donc comptée.",
  },
  lost: {
    text: "Le bot a perdu ses enregistrements, et cette tâche avec eux. Les images peuvent encore être créées et facturées (jusqu'à {{cost}}), mais elles ne peuvent plus être apportées ici et manquent peut-être dans les limites. Quand la personne qui héberge le bot aura vérifié, tu pourras redemander, ce qui sera facturé à nouveau.",
  },
  gallery: {
    ends_failed: 'Non créées : {{count}}. Rien n’est facturé pour cela, et cela ne compte pour aucune limite.',
    ends_cancelled: 'Annulées : {{count}}. Rien n’est facturé pour cela, et cela ne compte pour aucune limite.',
    ends_cancelledBy:
      'Annulées par {{by}} : {{count}}. Rien n’est facturé pour cela, et cela ne compte pour aucune limite.',
    ends_perhaps: 'Incertain : {{count}}. Cela a peut-être été facturé et reste donc compté.',
    delivered: '{{delivered}} sur {{asked}}',
    surplus: '{{delivered}}, pour {{asked}} demandées',
    part: 'Images {{from}} à {{to}}',
    partOne: 'Image {{from}}',
    fewer: "RunComfy a fait {{made}} des {{asked}} images ; certaines n'ont peut-être pas passé son filtre de contenu.",
    missing_one:
      "{{count}} image n'a pas encore pu être récupérée. Je continue d'essayer ; le délai se termine {{until}}.",
    missing_other:
      "{{count}} images n'ont pas encore pu être récupérées. Je continue d'essayer ; le délai se termine {{until}}.",
    lost_one: "{{count}} image n'a pas pu être récupérée : {{links}}",
    lost_other: "{{count}} images n'ont pas pu être récupérées : {{links}}",
    reencoded: 'Trop lourdes pour Discord telles quelles, donc compressées. Originaux : {{links}}',
    videos: 'Vidéos : {{links}}',
    unshowable_one: 'Discord ne peut pas montrer {{count}} image telle quelle : {{links}}',
    unshowable_other: 'Discord ne peut pas montrer {{count}} images telles quelles : {{links}}',
    notAllowed_one:
      "{{count}} image est sur un serveur d'où je n'ai pas le droit de la prendre. La personne qui m'héberge est prévenue ; une fois réglé, /history peut l'apporter.",
    notAllowed_other:
      "{{count}} images sont sur un serveur d'où je n'ai pas le droit de les prendre. La personne qui m'héberge est prévenue ; une fois réglé, /history peut les apporter.",
    links: 'Leurs adresses, tant que RunComfy les garde : {{links}}',
    unposted_one:
      "{{count}} image n'a pas pu être publiée ici ; /history peut l'apporter tant que RunComfy la garde : {{links}}",
    unposted_other:
      "{{count}} images n'ont pas pu être publiées ici ; /history peut les apporter tant que RunComfy les garde : {{links}}",
    inFile: 'dans le fichier joint',
    refused:
      'Les images sont faites, mais Discord refuse de les montrer ici. Ouvre /history et appuie sur Livrer pour les recevoir en privé.',
    moved: 'Les images de cette tâche ont été envoyées ailleurs, car elles ne pouvaient pas être montrées ici.',
    more: 'La suite des images de cette tâche arrive ici.',
    elsewhere: "Tes images de {{channel}}. Elles n'ont pas pu y être publiées.",
    undelivered: "Les images sont faites, mais elles n'ont pas pu être amenées ici.",
    expired:
      "Les images n'ont pas pu être récupérées. RunComfy les garde pour un temps limité, leurs liens ont donc sans doute expiré. Elles restent comptées.",
    ends_withdrawn:
      "Toujours dans la file d'attente après {{span}}, donc retirées : {{count}}. Rien n'est facturé pour cela, et cela ne compte dans aucune limite.",
  },
  button: { cancel: 'Annuler', again: 'Refaire', edit: 'Modifier', seed: 'Graine', remove: 'Supprimer' },
  edit: {
    title: 'Modifier et redemander',
    prompt: 'Ce que les images doivent montrer',
    count: "Combien d'images (1 à {{max}})",
    size: 'Taille',
    use: 'Utiliser une image …',
    pictureTitle: 'Modifier avec Seedream',
    from: 'Partir de',
    files: 'Autres images de départ',
    picture: 'Image {{number}}',
    same_one: "La même image qu'avant",
    same_other: "Les mêmes {{count}} images qu'avant",
    quality: 'Qualité',
    seed: 'Graine (vide : une nouvelle)',
    flags: 'Tu peux ajouter ici {{flags}}.',
    kept: 'Conservé : {{options}}.',
    asBefore: '{{flag}} (comme avant)',
  },
  seed: {
    text: 'Graine **{{seed}}**. Pour redemander avec les mêmes réglages :',
    pictures_one: "Elle partait de {{count}} image : redonne-la avec l'option picture.",
    pictures_other:
      'Elle partait de {{count}} images : redonne-les avec les options picture, picture2 et picture3, ou appuie sur Refaire.',
  },
  remove: {
    stranger:
      'Seule la personne qui a demandé ces images, ou un membre avec « Gérer les messages », peut les supprimer.',
    running:
      "Cette tâche n'est pas encore terminée. Rien n'a été supprimé ; réessaie quand toutes ses images seront là.",
    trouble: "Discord ne m'a pas laissé tout supprimer ; réessaie.",
    standing_one:
      "{{count}} message avec des images est encore là : je n'y ai pas accès. Dès que je l'ai, appuie de nouveau sur Supprimer.",
    standing_other:
      "{{count}} messages avec des images sont encore là : je n'y ai pas accès. Dès que je l'ai, appuie de nouveau sur Supprimer.",
    private:
      "Supprimé ici. D'autres messages avec ses images, que toi seul vois, sont hors de ma portée : merci de les ignorer toi-même. Les images restent comptées, car elles ont été payées.",
    done: 'Supprimé. Les images restent comptées, car elles ont été payées.',
    forgotten:
      "Ce message est supprimé. Je ne connais plus sa tâche : d'autres messages avec ses images, s'il y en a, restent. Les images restent comptées, car elles ont été payées.",
  },
  cancel: {
    part: 'Annulées : {{cancelled}}. En cours de création ou déjà créées : {{kept}}.',
    late: 'Trop tard pour annuler : RunComfy a commencé les images.',
    over: "Il n'y a plus rien à annuler : cette tâche est terminée.",
    trouble:
      "RunComfy n'a pas répondu. Je réessaie d'annuler à la prochaine vérification ; le message montre ce qu'il en est.",
    stranger: "Seule la personne qui a demandé cette tâche, ou un membre avec « Gérer les messages », peut l'annuler.",
  },
  refusal: {
    guildOnly: 'Ça ne marche que sur les serveurs. Utilise-le sur un serveur où je suis.',
    permissions:
      "Il me faut d'abord ces permissions dans ce salon : {{permissions}}. Demande à l'administration du serveur de les ajouter.",
    stopping: "Le bot redémarre. Rien n'a été facturé ; réessaie dans une minute.",
    store: "Le bot n'a pas accès à son stockage pour le moment. Rien n'a été facturé ; réessaie dans une minute.",
    recordsLost:
      "Le bot a perdu ses enregistrements et n'accepte donc aucune tâche pour l'instant. Rien n'a été facturé pour cela. Préviens la personne qui héberge le bot : elle doit d'abord vérifier.",
    storeUnsure:
      "Le bot n'a pas accès à son stockage et ne sait donc pas encore si ta tâche est prise en compte. À sa connaissance, rien n'a été envoyé à RunComfy. Si elle est prise en compte, ses images arriveront ici ; sinon, rien n'est facturé. Regarde ici dans quelques minutes avant de redemander, car les deux pourraient être facturées.",
    unreadable:
      "Les réglages de ce serveur ne sont pas entièrement lisibles : tu ne peux pas demander d'images ici pour le moment. Quelqu'un avec la permission Gérer le serveur peut les redéfinir : /limits show dit lesquels.",
    storeCancel:
      "Le bot n'a pas accès à son stockage pour le moment, la tâche continue donc. Appuie de nouveau dans une minute.",
    gone: 'Je ne connais plus cette tâche. Tu peux la redemander avec /seedream.',
    storeRead: "Le bot n'a pas accès à son stockage pour le moment. Réessaie dans une minute.",
    command: 'Je ne connais pas (ou plus) cette commande. /help montre ce que je sais faire.',
    unexpected: "Quelque chose a échoué de mon côté. Rien n'a été facturé pour ce clic ; réessaie.",
    seed: 'La graine doit être un nombre entier de 0 à {{max}}. Appuie sur Modifier pour la changer ; laissée vide, une nouvelle est tirée.',
    privately:
      "Cette tâche est privée, et d'ici tout le monde la verrait. Appuie sur Modifier ci-dessous pour la demander en privé, ou sur Refaire dans /history.",
    choice: 'Je ne connais pas ce choix. Choisis dans la liste.',
    paused:
      "Le bot n'est pas bien configuré ; la personne qui l'héberge a été prévenue. D'ici là, il ne prend pas de tâches ; prochain essai {{at}}.",
  },
  model: {
    choice: '{{model}} · {{price}} par image',
    gone: "RunComfy ne propose plus le modèle que ce bot utilise ; la personne qui l'héberge a été prévenue. Réessaie plus tard.",
    unmet:
      "RunComfy a changé la façon d'interroger ce modèle ; la personne qui héberge le bot a été prévenue. Réessaie plus tard.",
    over: "{{model}} n'est plus proposé.",
    next: "{{gone}} n'est plus proposé, donc ceci est fait avec **{{model}}** ({{price}} par image).",
    size: "{{model}} n'a pas la taille {{size}}. Choisis-en une parmi les siennes : {{sizes}}.",
    noSize: "Avec {{model}}, la taille ne se choisit pas. N'indique pas de taille.",
    off: "Ce bot n'accepte pas d'images de départ. Redemande sans image.",
    textOnly: "{{model}} ne peut pas partir d'images. Enlève-les ou choisis un autre modèle.",
    picturesOnly: "{{model}} a besoin d'une image de départ. Ajoutes-en une.",
    editingGone:
      "RunComfy ne propose plus le modèle qui part d'images. Sans images, tu peux toujours demander. Préviens la personne qui héberge le bot.",
  },
  references: {
    from_one: 'à partir de {{count}} image',
    from_other: 'à partir de {{count}} images',
    alt: 'La première image de départ',
    too_many: 'Cela fait {{given}} images de départ, et {{max}} au plus sont possibles. Donnes-en moins.',
    too_few: "Ce modèle a besoin d'au moins {{min}} images de départ. Ajoutes-en.",
    format: "L'image {{number}} n'est pas un fichier PNG, JPEG ou WebP. Donnes-en une autre.",
    too_heavy: "L'image {{number}} dépasse {{max}} Mo. Donne un fichier plus léger.",
    too_many_pixels: "L'image {{number}} a plus de {{max}} mégapixels. Réduis-la.",
    ratio: "Un côté de l'image {{number}} fait plus de {{max}} fois l'autre. Recadre-la.",
    elsewhere:
      "L'image {{number}} ne peut pas être transmise : seules celles que Discord héberge le peuvent. Donne-la en fichier.",
    expired:
      "L'image {{number}} n'est plus disponible : son adresse chez Discord a expiré ou son message n'existe plus. Redonne-la ou prends-en une autre.",
    together:
      'Images de départ et images à faire ne peuvent dépasser {{most}} ensemble ; il y en a {{given}} et {{asked}}. Avec celles-ci, {{max}} au plus sont possibles.',
    barred: "Ce serveur ne permet pas de partir d'images. Demande sans images.",
    none: "Ce message n'a pas d'image dont je puisse partir. /seedream en prend une en fichier, par l'option picture.",
    forgotten: 'Je ne connais plus les images de départ. Appuie sur Modifier et redonne-les.',
    formLost:
      "J'ai redémarré entre-temps et ne sais plus à quelles images ce formulaire correspondait. Relance la commande sur le message, ou appuie sur Modifier et donne les images en fichiers.",
  },
  suggestion: {
    gone: 'Je ne connais pas le prompt que représente cette suggestion. Écris le prompt ou choisis une autre suggestion.',
    cut: "On dirait une suggestion dont la fin est coupée (« … »), et je ne connais pas le prompt entier. Choisis-la de nouveau dans la liste ou écris le prompt en entier. S'il ne manque rien, enlève « … ».",
    several:
      'Plusieurs de tes prompts précédents commencent ainsi, et je ne peux pas savoir lequel tu veux. Choisis-en un de nouveau dans la liste ou écris-le en entier.',
  },
  prompt: {
    empty: 'Le prompt est vide. Dis ce que les images doivent montrer.',
    too_long: 'Le prompt est trop long : il a {{length}} caractères, et le maximum est {{max}}. Raccourcis-le.',
    mismatch:
      "Le prompt demande {{stated}} images et l'option count dit {{count}}. Mets le même nombre aux deux ou laisse count vide.",
    ambiguous:
      "Le prompt indique plus d'un nombre d'images ({{numbers}}). N'en indique qu'un, ou utilise seulement l'option count.",
    unsure:
      "Impossible de savoir combien d'images sont demandées : {{numbers}} peut être leur nombre ou faire partie du sujet. Appuie sur un nombre ci-dessous ou indique-le avec l'option count.",
    out_of_range: "Nombre d'images demandé : {{number}} ; une tâche peut en avoir de 1 à {{max}}. Change le nombre.",
    above_job_limit:
      "Nombre d'images demandé : {{number}} ; ici, une tâche peut en avoir au plus {{max}}. Change le nombre.",
  },
  limit: {
    userActiveJobs: "Tu as {{used}} tâches en cours sur {{allowed}}. Réessaie quand l'une d'elles sera terminée.",
    guildActiveJobs:
      "Ce serveur a {{used}} tâches en cours sur {{allowed}}. Réessaie quand l'une d'elles sera terminée.",
    userDailyImages:
      "Tu as utilisé {{used}} de tes {{allowed}} images aujourd'hui, et cette tâche en veut {{asked}}. Ça repart à zéro {{resets}}.",
    guildDailyImages:
      "Ce serveur a utilisé {{used}} de ses {{allowed}} images aujourd'hui, et cette tâche en veut {{asked}}. Ça repart à zéro {{resets}}.",
    guildMonthlyImages:
      'Ce serveur a utilisé {{used}} de ses {{allowed}} images ce mois-ci, et cette tâche en veut {{asked}}. Ça repart à zéro {{resets}}.',
    totalMonthlyImages:
      'Ce bot a utilisé {{used}} de ses {{allowed}} images ce mois-ci sur tous les serveurs, et cette tâche en veut {{asked}}. Ça repart à zéro {{resets}}.',
  },
  usage: {
    title: 'Images utilisées',
    you: 'Toi',
    server: 'Ce serveur',
    total: 'Tous les serveurs de ce bot',
    today: "{{used}} sur {{allowed}} aujourd'hui",
    month: '{{used}} sur {{allowed}} ce mois-ci',
    running: '{{used}} tâches en cours sur {{allowed}}',
    perJob_one: 'Ici, une tâche peut avoir {{count}} image.',
    perJob_other: "Ici, une tâche peut avoir jusqu'à {{count}} images.",
    cost: "Coût, à {{price}} l'image",
    costToday: "Aujourd'hui : {{pictures}} · {{cost}}",
    costMonth: 'Ce mois-ci : {{pictures}} · {{cost}}',
    costRecent: '{{days}} derniers jours : {{pictures}} · {{cost}}',
    pictures_one: '{{count}} image',
    pictures_other: '{{count}} images',
    byMember: '{{days}} derniers jours, par membre',
    others: 'Autres',
    nothing: 'Aucune image ces {{days}} derniers jours.',
    alt: 'Graphique en barres des images par jour sur les {{days}} derniers jours, empilées par membre : {{total}} au total, le maximum le {{day}} ({{most}}).',
    all: {
      only: 'Seules les personnes qui hébergent ce bot voient ceci.',
      month: 'Ce mois-ci, tous les serveurs',
      billed: 'Facturé par RunComfy : {{cost}}',
      estimated: 'Estimé : {{cost}}',
      unknown: 'Dont {{cost}} peut-être non facturés, nul ne le sait. `npm run statement` liste ces demandes.',
      balance: 'Solde RunComfy',
      noBalance: 'RunComfy ne l’a pas indiqué.',
      servers: 'Serveurs avec le plus d’images ce mois-ci : facturé (estimé)',
      none: 'Rien pour l’instant.',
    },
    resets: 'Remise à zéro',
    resetsDay: "aujourd'hui : {{at}}",
    resetsMonth: 'ce mois-ci : {{at}}',
  },
  history: {
    title: 'Tes tâches sur ce serveur',
    empty: 'Je ne connais pas (ou plus) de tâches de ta part sur ce serveur. Essaie /seedream.',
    delivered: 'Livré',
    removed: 'Livré, puis supprimé',
    undelivered: 'Fait, mais pas livré',
    partly: 'Livré en partie',
    undeliveredHint:
      "Les images n'ont pas pu être amenées sur Discord. Appuie sur Livrer pour les recevoir ici, tant que RunComfy les garde.",
    forgotten: 'Détails plus conservés',
    message: 'Aller au message',
    again: 'Refaire {{number}}',
    deliver: 'Livrer {{number}}',
    newer: 'Plus récentes',
    older: 'Plus anciennes',
    kept_one: "Conservées {{count}} jour. Plus d'infos : /privacy.",
    kept_other: "Conservées {{count}} jours. Plus d'infos : /privacy.",
    confirm: 'Encore une fois, avec une nouvelle graine ? Cela coûte {{cost}}.',
    privateHint: "Discord l'a oublié ou l'oubliera bientôt. Livrer ramène les images ici, tant que RunComfy les garde.",
  },
  deliver: {
    running: "Cette tâche n'est pas terminée, ou ses images sont déjà en route. Regarde à nouveau dans une minute.",
    over: "Il n'y a rien à livrer pour cette tâche.",
    justNow: "Ses images viennent d'arriver ; elles sont encore là.",
  },
  privacy: {
    title: 'Confidentialité',
    kept: 'Ce qui est gardé',
    requests_one:
      'Tes tâches, avec le prompt, les réglages, le serveur, le salon, ton identifiant, les liens vers les images et les adresses de celles de départ : {{count}} jour après leur fin.',
    requests_other:
      'Tes tâches, avec le prompt, les réglages, le serveur, le salon, ton identifiant, les liens vers les images et les adresses de celles de départ : {{count}} jours après leur fin.',
    counts:
      "Combien d'images tu as demandées et quand, avec ton identifiant, pour les limites et le coût : jusqu'à {{days}} jours. L'administration d'un serveur le voit par membre.",
    where: 'Où',
    whereText:
      "Chez la personne qui héberge ce bot. RunComfy reçoit le prompt, ses réglages et les adresses des images de départ, pas qui l'a demandé. Les images sont sur Discord et, pour un temps limité, chez RunComfy.",
    not: "Ce qui n'est pas gardé",
    notText: 'Les messages : le bot ne les lit pas. Les images : elles sont transmises à Discord.',
    delete: 'Suppression',
    deleteText:
      "Le bouton ci-dessous supprime tes tâches terminées sur tous les serveurs, et retire ton nom des décomptes. Les galeries sur Discord restent ; Supprimer, sous chacune, l'efface. Ce que l'administration a réglé pour un serveur reste, avec l'indication de qui l'a réglé.",
    erase: 'Supprimer mes données',
    confirm:
      "Supprimer tes tâches terminées sur tous les serveurs, avec leurs prompts ? Ton historique sera vide, et les images qui n'ont pas encore pu être livrées seront perdues. Les images restent comptées, sans ton nom. C'est irréversible.",
    confirmErase: 'Oui, supprimer',
    keep: 'Garder',
    left: "Rien n'a été supprimé.",
    erased_one: '{{count}} tâche a été supprimée.',
    erased_other: '{{count}} tâches ont été supprimées.',
    none: "Il n'y avait rien à supprimer.",
    today:
      "Ce que tu as demandé aujourd'hui compte dans ta limite jusqu'à minuit (UTC) ; ton nom en est retiré dans l'heure qui suit.",
    running_one: '{{count}} tâche est encore en cours et a été gardée. Supprime-la ici une fois terminée.',
    running_other: '{{count}} tâches sont encore en cours et ont été gardées. Supprime-les ici une fois terminées.',
    trouble:
      "Le bot n'a pas accès à son stockage pour le moment, tout n'a donc pas été supprimé. Réutilise /privacy dans une minute.",
  },
  help: {
    title: 'Des images avec {{models}}',
    text: "Dis-moi ce que les images doivent montrer ; je les fais et les apporte ici, même si l'on me redémarre entre-temps.",
    options: 'Options de /seedream',
    optionsText:
      "**count** combien d'images ; le prompt peut aussi le dire (« 5 images de chats »)\n**size** le format : paysage, portrait, carré\n**picture** une image de départ ; picture2 et picture3 pour plus\n**seed** pour redemander avec les mêmes réglages\n**quality** rapide ou standard\n**private** visibles par toi seulement\n**spoiler** floutées jusqu'au clic\n**model** quel modèle les fait",
    limits: 'Limites',
    limitsText:
      'Les images sont limitées par jour et par mois (UTC), et les tâches par le nombre en cours ; **/usage** montre ce qui reste. Ce qui est refusé, échoue chez RunComfy ou est annulé à temps ne compte nulle part.',
    buttons: 'Boutons',
    buttonsText:
      "**Annuler** tant qu'une tâche est dans la file d'attente\n**Refaire** la même chose avec une nouvelle graine\n**Modifier** la même chose avec des changements\n**Graine** montre la graine et les réglages à copier\n**Supprimer** efface les images de Discord ; ça ne libère rien",
    more: 'En plus',
    moreText:
      '**/history** tes tâches ; apporte les images qui ne sont pas venues ou que Discord a oubliées\n**/usage** ce qui est utilisé, et quand ça repart à zéro\n**/privacy** ce qui est gardé, et comment le supprimer',
    pictures: "Partir d'images",
    picturesText:
      "**Utiliser une image …** sous une galerie part d'une de ses images\n**Modifier** prend des images de la galerie et des fichiers\n**Modifier avec Seedream** dans le menu Applications de tout message avec images",
    examples: 'Essaie',
    examplesText:
      "{{command}} un phare à l'aube, aquarelle\n{{command}} 4 photos d'un renard dans la neige\n{{command}} une rue au néon sous la pluie --ar 9:16",
    admins: "Pour l'administration",
    adminsText:
      '**/limits** voir et régler ce que ce serveur, ses membres et ses rôles peuvent utiliser\n**/words** les mots que les prompts ne peuvent pas contenir\n**/usage** te montre qui a utilisé combien, et ce que ça a coûté',
  },
  barred: {
    user: "Tu ne peux pas demander d'images sur ce serveur : ta limite est 0. L'administration du serveur peut changer ça.",
    guild:
      "Personne ne peut demander d'images sur ce serveur : sa limite est 0. L'administration du serveur peut changer ça.",
    total:
      "Ce bot ne fait pas d'images : sa limite sur tous les serveurs est 0. Préviens la personne qui héberge le bot.",
  },
  guild: {
    stranger: 'Seuls les membres avec « Gérer le serveur », et la personne qui héberge ce bot, peuvent faire ça.',
    store:
      "Le bot n'a pas accès à son stockage pour le moment, il est donc possible que rien n'ait été changé. Regarde de nouveau dans une minute.",
  },
  limits: {
    title: 'Limites de ce serveur',
    days: 'Les jours et les mois commencent à minuit UTC.',
    total: 'Images par mois, tous les serveurs',
    roles: 'Images par jour pour chaque membre avec un rôle',
    changes: 'Derniers changements',
    used: '**{{used}}** sur **{{limit}}** utilisées',
    usedByYou: '**{{limit}}** · tu en as utilisé **{{used}}**',
    plain: '**{{limit}}**',
    ceiling: "réglable jusqu'à {{ceiling}}",
    set: 'Fixé à {{value}} par {{by}} {{at}}',
    raised: 'Relevé à {{value}} par {{by}}, qui héberge le bot, {{at}}',
    setBy: 'fixé par {{by}} {{at}}',
    none: 'non défini',
    changed: "**{{name}}** : avant **{{before}}**, désormais **{{after}}**. Réglable jusqu'à {{ceiling}}.",
    above:
      "**{{name}}** ne peut pas dépasser **{{ceiling}}** ici. Rien n'a été changé ; seule la personne qui héberge ce bot peut relever ce plafond.",
    range: "**{{name}}** doit être un nombre entier de {{min}} à {{max}}. Rien n'a été changé.",
    resetLine: '**{{name}}** : avant **{{before}}**, désormais **{{after}}**.',
    unreadable:
      "Illisible : {{names}}. Les membres sont refusés jusqu'à ce que ce soit redéfini avec /limits ou /words, ou abandonné avec /limits reset. Le reste s'applique.",
    dropped: 'Ce qui était illisible a été abandonné. Regarde /limits show et /words list, et redéfinis ce qui manque.',
    resetNothing: "Ce sont déjà les valeurs par défaut. Rien n'a été changé.",
    role: "Images par jour pour chaque membre avec {{role}} : avant **{{before}}**, désormais **{{after}}**. Le meilleur des rôles d'un membre compte.",
    rolesFull: "Au plus {{max}} rôles peuvent avoir leur propre nombre. Rien n'a été changé ; retires-en un d'abord.",
    references: "Partir d'images",
    allowed: 'autorisé',
    notAllowed: 'interdit',
    referencesSet: "**{{name}}** : c'était **{{before}}**, c'est maintenant **{{after}}**.",
    defaults: "Sans autre indication, c'est la valeur par défaut.",
  },
  words: {
    refused:
      "Ce prompt contient un mot que ce serveur n'autorise pas. Formule-le autrement : Modifier l'a tel que tu l'as écrit.",
    added:
      'Ajouté : **{{word}}**. Désormais, un prompt qui le contient est refusé. Mots dans la liste : {{count}} sur {{max}} au plus.',
    removed: 'Retiré : **{{word}}**. Mots restants : {{count}}.',
    known: '**{{word}}** est déjà dans la liste, peut-être avec une autre graphie.',
    unknown: "**{{word}}** n'est pas dans la liste.",
    nothing: "Il faut au moins une lettre, un chiffre ou un émoji dans un mot. Rien n'a été changé.",
    too_long: "Un mot peut avoir au plus {{max}} caractères. Rien n'a été changé.",
    full: "La liste est pleine : elle a {{max}} mots. Rien n'a été changé ; retires-en un d'abord.",
    empty: "Il n'y a aucun mot dans la liste.",
    title: 'Mots non autorisés dans les prompts ({{count}} sur {{max}} au plus)',
  },
  host: {
    balance:
      "RunComfy indique que votre solde est de **{{balance}}**, soit moins de **{{threshold}}** (`BALANCE_WARNING_USD`). Une fois épuisé, les tâches sont refusées et rien n'est facturé pour elles. Rechargez-le sur https://www.runcomfy.com. Je vous préviendrai de nouveau quand il sera repassé au-dessus puis retombé en dessous.",
    assets:
      "Les images d'une tâche sont sur **{{origin}}**, d'où je n'ai pas le droit de les prendre : personne ne les reçoit. Si c'est à RunComfy, ajoute-le à `RUNCOMFY_ASSET_HOSTS` et relance-moi ; les membres auront alors leurs images par /history.",
    modelGone:
      "RunComfy n'a plus le modèle **{{name}}** (`{{id}}`) ; les tâches sont donc refusées pour l'instant, et rien n'est facturé pour elles. Choisis-en un autre sur https://www.runcomfy.com/models, indique-le dans `RUNCOMFY_MODELS` (par exemple `{{example}}`) et redémarre-moi ; `npm run doctor -- --model {{example}}` montre si je peux l'utiliser. Si RunComfy propose de nouveau {{name}}, je reprends tout seul.",
    modelNext:
      "RunComfy n'a plus le modèle **{{name}}** (`{{id}}`). Les nouvelles tâches sont faites avec `{{next}}`, le suivant dans `RUNCOMFY_MODELS`. Retire `{{id}}` de cette liste quand tu peux ; si RunComfy le propose de nouveau avant, j'y reviens tout seul.",
    modelUnmet:
      "Le modèle **{{name}}** (`{{id}}`) de RunComfy n'accepte plus ce que j'envoie dans le champ `{{field}}` ({{problem}}) ; aucune nouvelle tâche n'est donc faite avec lui. Rien n'est facturé pour cela. Une version plus récente de moi connaît peut-être la nouvelle façon ; d'ici là, indique un autre modèle dans `RUNCOMFY_MODELS` (par exemple `{{example}}`) et redémarre-moi. `npm run doctor` montre ce que je peux utiliser.",
    editingGone:
      "RunComfy n'a plus le modèle **{{name}}** (`{{id}}`), avec lequel les images sont modifiées ; les tâches qui partent d'images sont refusées pour l'instant, sans frais. Les autres continuent. Si RunComfy le propose à nouveau, je reprends de moi-même ; `REFERENCES=off` retire les options.",
    editingUnmet:
      "Le modèle de RunComfy **{{name}}** (`{{id}}`), avec lequel les images sont modifiées, n'accepte plus ce que j'envoie, dans le champ `{{field}}` ({{problem}}) ; les tâches qui partent d'images sont refusées. Rien n'est facturé pour cela, et les autres continuent. Une version plus récente connaît peut-être la nouvelle manière ; `REFERENCES=off` retire les options.",
    authentication:
      "RunComfy n'accepte pas ma clé API (`RUNCOMFY_TOKEN`) ; les tâches échouent donc et, après trois de suite, sont refusées ; rien n'est facturé pour elles. Crée une nouvelle clé sur https://www.runcomfy.com, indique-la et redémarre-moi ; `npm run doctor` montre si elle est acceptée.",
    empty:
      "Mon solde RunComfy est épuisé ; les tâches échouent donc et, après trois de suite, sont refusées ; rien n'est facturé pour elles. Recharge-le sur https://www.runcomfy.com ; je reprends tout seul en moins d'une minute.",
  },
  ceiling: {
    at80: 'Ce mois-ci ({{month}}, UTC), ce bot a utilisé **{{used}}** des **{{allowed}}** images que `LIMIT_TOTAL_MONTHLY_IMAGES` autorise sur tous les serveurs : les **80 %** sont atteints. Le compte repart à zéro {{frees}}.',
    at100:
      'Ce mois-ci ({{month}}, UTC), ce bot a utilisé **{{used}}** des **{{allowed}}** images que `LIMIT_TOTAL_MONTHLY_IMAGES` autorise sur tous les serveurs : les **100 %** sont atteints, et toute autre tâche est refusée. Le compte repart à zéro {{frees}}.',
  },
  permission: {
    ViewChannel: 'Voir le salon',
    SendMessages: 'Envoyer des messages',
    SendMessagesInThreads: 'Envoyer des messages dans les fils',
    EmbedLinks: 'Intégrer des liens',
    AttachFiles: 'Joindre des fichiers',
  },
  quality: { fast: 'rapide', standard: 'standard' },
  command: {
    usage: { text: 'Ce que toi et ce serveur avez utilisé, et quand ça repart à zéro' },
    history: { text: "Tes propres tâches sur ce serveur, les plus récentes d'abord" },
    privacy: { text: 'Ce que ce bot garde, combien de temps, et comment supprimer tes données' },
    help: { text: 'Ce que fait ce bot : options, limites et boutons' },
    seedream: {
      text: 'Faire des images avec {{models}}',
      prompt: 'Ce que les images doivent montrer',
      count: "Combien d'images ({{number}} si ni cette option ni le prompt ne le dit)",
      size: 'Format des images ({{size}} si non indiqué)',
      seed: 'Pour redemander avec les mêmes réglages (au hasard si non indiqué)',
      quality: 'standard est meilleure et plus lente ({{quality}} si non indiqué)',
      private: 'Visibles par toi seulement. Discord oublie ces messages ; /history les ramène',
      spoiler: "Les images sont floutées jusqu'au clic",
      model: 'Quel modèle fait les images ({{model}} si non indiqué)',
      picture: 'Une image de départ',
      further: 'Une autre image de départ',
    },
    limits: {
      text: 'Voir et régler ce que ce serveur peut utiliser',
      show: "Chaque limite : ce qui est utilisé, jusqu'où elle peut aller, qui l'a fixée",
      set: 'Fixer une limite pour ce serveur',
      reset: 'Revenir à la valeur par défaut',
      role: 'Fixer les images par jour de chaque membre avec un rôle',
      limit: 'Quelle limite',
      value: "Le nouveau nombre ; 0 n'en autorise aucune",
      which: 'Quel rôle',
      images: "Images par jour et par membre avec le rôle ; 0 l'exclut, vide retire le nombre",
      guildDailyImages: 'Images par jour, tout le serveur',
      guildMonthlyImages: 'Images par mois, tout le serveur',
      userDailyImages: 'Images par jour, chaque membre',
      guildActiveJobs: 'Tâches à la fois, tout le serveur',
      userActiveJobs: 'Tâches à la fois, chaque membre',
      imagesPerJob: 'Images dans une tâche',
      pictures: "Autoriser ou non de partir d'images",
      allow: "Si les membres peuvent partir d'images",
    },
    words: {
      text: "Mots que ce serveur n'autorise pas dans les prompts",
      add: 'Ajouter un mot ou une expression ; ses autres graphies sont trouvées aussi',
      remove: 'Retirer un mot ou une expression',
      list: 'Montrer les mots',
      word: "Le mot ou l'expression",
    },
    editPicture: 'Modifier avec Seedream',
  },
  size: {
    square: 'Carré',
    landscape: 'Paysage {{ratio}}',
    portrait: 'Portrait {{ratio}}',
    ultrawide: 'Ultra-large {{ratio}}',
    default: '{{size}} (par défaut)',
  },
  facts: { seed: 'graine {{seed}}' },
  flags: {
    unknown:
      "Je ne connais pas {{flags}}, qui figure dans ton prompt : rien n'a donc été envoyé. Je lis `--ar`, `--seed`, `--count`, `--size` et `--quality` ; ce que les images ne doivent pas montrer peut se dire avec des mots.",
    read: 'Lu dans ton prompt comme options : {{options}}.',
  },
  mend: {
    count: 'En faire {{count}}',
    instead: 'En faire {{count}} à la place',
    later: 'Réessayer',
    without: 'Faire sans',
  },
  tell: {
    button: 'Préviens-moi',
    noted:
      "Quand cette tâche sera terminée, je t'écrirai en message privé, sans notification, si tu acceptes mes messages privés.",
    over: 'Cette tâche est déjà terminée.',
    stranger: 'Seule la personne qui a demandé cette tâche peut être prévenue.',
    done: 'Tes images sont prêtes : {{prompt}}\n{{where}}',
    ended: "Ta tâche s'est terminée sans images : {{prompt}}\n{{where}}",
  },
};
