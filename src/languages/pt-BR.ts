/** Os textos em português do Brasil. */
import type { Sentences } from './sentences.ts';

export const ptBR: Sentences = {
  state: {
    submitting: 'Enviando a tarefa…',
    waiting: 'Esperando o RunComfy aceitar a tarefa',
    waitingHint:
      'O RunComfy está ocupado ou não responde. A tarefa é reenviada automaticamente; até agora nada foi pago.',
    silent: 'O RunComfy não está respondendo direito agora. Continuo perguntando; a última tentativa é {{until}}.',
    in_queue: 'Na fila',
    in_queue_next: 'Na fila · é o próximo',
    in_progress: 'Gerando',
    completed: 'Pronto · baixando as imagens',
    failed: 'Sem imagens',
    cancelled: 'Cancelado',
    unknown: 'Resultado desconhecido',
    lost: 'O bot perdeu os registros dele',
    in_queue_ahead_one: 'Na fila · {{count}} tarefa na sua frente',
    in_queue_ahead_other: 'Na fila · {{count}} tarefas na sua frente',
    withdrawn: 'Retirada',
    expected: 'prontas {{at}}',
    soon: 'a qualquer momento',
    late: 'demorando mais que o normal',
    byDirectMessage:
      'Está demorando, e o Discord só me deixa mudar esta mensagem por mais um pouco: as imagens vão chegar a você por mensagem direta.',
  },
  field: { pictures: 'Imagens' },
  cancelled: {
    text: 'Cancelado antes de começar. Nada foi cobrado, e as imagens não contam para nenhum limite.',
    by: 'Cancelado por {{by}}. Nada foi cobrado, e as imagens não contam para nenhum limite.',
    withdrawn:
      'Depois de {{span}} ainda estava na fila, então eu a retirei. Nada foi cobrado, e as imagens não contam para nenhum limite.',
  },
  failure: {
    refused: 'O RunComfy recusou a tarefa. Nada foi cobrado. Mude o prompt e tente de novo.',
    authentication:
      'O bot não está configurado direito; quem o hospeda já foi avisado. Nada foi cobrado. Tente de novo mais tarde.',
    balance:
      'O bot não está configurado direito; quem o hospeda já foi avisado. Nada foi cobrado. Tente de novo mais tarde.',
    gone: 'O RunComfy não reconhece o modelo que este bot pede. Nada foi cobrado. Tente de novo mais tarde.',
    model:
      'O RunComfy não conseguiu criar estas imagens; talvez o filtro de conteúdo dele as tenha recusado. Elas não contam para nenhum limite. Mude o prompt e tente de novo.',
    not_taken:
      'O RunComfy não aceitou a tarefa em {{span}}, então eu a retirei. Nada foi cobrado. Tente de novo mais tarde.',
    deadline:
      'Depois de {{span}} não tinha terminado, então eu desisti dela. Ela ainda pode ser cobrada (até {{cost}}), por isso continua contando.',
    no_pictures:
      'O RunComfy terminou sem nenhuma imagem. Ele pode ter cobrado {{cost}}, por isso a tarefa continua contando. Tente outro prompt.',
    unreadable:
      'O RunComfy terminou, mas não foi possível ler a resposta, então não há imagens para mostrar. Ele pode ter cobrado {{cost}}, por isso a tarefa continua contando. Avise a pessoa que hospeda o bot.',
    reason: 'O RunComfy diz: {{reason}}',
    reference_gone:
      'Antes que a tarefa pudesse ser enviada, uma imagem de partida deixou de estar disponível. Nada foi cobrado. Aperte Editar e dê outra.',
    reference_unreachable:
      'O RunComfy não conseguiu buscar uma imagem de partida. Nada foi cobrado. Aperte Editar e envie-a de novo como arquivo.',
    reference_unsuitable:
      'O RunComfy não aceita uma imagem de partida: é grande demais, ou de uma forma ou tipo que ele não usa. Nada foi cobrado. Aperte Editar e dê outra.',
    reference_moderated:
      'O filtro de conteúdo do RunComfy recusou uma imagem de partida. Nada foi cobrado. Aperte Editar e dê outra.',
  },
  unknown: {
    text: 'A conexão com o RunComfy caiu antes da resposta. A tarefa pode ter sido criada e cobrada (até {{cost}}), por isso continua contando e não é reenviada automaticamente. Se quiser, você pode pedir de novo.',
    lost: 'O RunComfy não reconhece mais esta tarefa. Ela pode ter sido cobrada (até {{cost}}), por isso continua contando.',
  },
  lost: {
    text: 'O bot perdeu os registros dele e, com eles, esta tarefa. As imagens ainda podem ser feitas e cobradas (até {{cost}}), mas não podem mais ser trazidas para cá e talvez faltem nos limites. Depois que a pessoa que hospeda o bot verificar, você pode pedir de novo, o que é cobrado outra vez.',
  },
  gallery: {
    ends_failed: 'Não criadas: {{count}}. Nada é cobrado por isso, e não conta para nenhum limite.',
    ends_cancelled: 'Canceladas: {{count}}. Nada é cobrado por isso, e não conta para nenhum limite.',
    ends_cancelledBy: 'Canceladas por {{by}}: {{count}}. Nada é cobrado por isso, e não conta para nenhum limite.',
    ends_perhaps: 'Incerto: {{count}}. Pode ter sido cobrado, por isso continua contado.',
    delivered: '{{delivered}} de {{asked}}',
    surplus: '{{delivered}}, pedidas {{asked}}',
    part: 'Imagens {{from}} a {{to}}',
    partOne: 'Imagem {{from}}',
    fewer:
      'O RunComfy criou {{made}} das {{asked}} imagens; talvez algumas não tenham passado pelo filtro de conteúdo dele.',
    missing_one: 'Ainda não foi possível baixar {{count}} imagem. Continuo tentando; a última tentativa é {{until}}.',
    missing_other:
      'Ainda não foi possível baixar {{count}} imagens. Continuo tentando; a última tentativa é {{until}}.',
    lost_one: 'Não foi possível baixar {{count}} imagem: {{links}}',
    lost_other: 'Não foi possível baixar {{count}} imagens: {{links}}',
    reencoded: 'Os originais eram pesados demais para o Discord, então foram comprimidos. Originais: {{links}}',
    videos: 'Vídeos: {{links}}',
    unshowable_one: 'O Discord não consegue mostrar {{count}} imagem do jeito que está: {{links}}',
    unshowable_other: 'O Discord não consegue mostrar {{count}} imagens do jeito que estão: {{links}}',
    notAllowed_one:
      '{{count}} imagem está em um servidor do qual não posso baixar. Quem me hospeda já foi avisado; quando isso for resolvido, /history pode trazê-la.',
    notAllowed_other:
      '{{count}} imagens estão em um servidor do qual não posso baixar. Quem me hospeda já foi avisado; quando isso for resolvido, /history pode trazê-las.',
    links: 'Os endereços delas, enquanto o RunComfy as guardar: {{links}}',
    unposted_one:
      'Não foi possível publicar {{count}} imagem aqui; /history pode trazê-la enquanto o RunComfy a guardar: {{links}}',
    unposted_other:
      'Não foi possível publicar {{count}} imagens aqui; /history pode trazê-las enquanto o RunComfy as guardar: {{links}}',
    inFile: 'no arquivo anexado',
    refused:
      'As imagens estão prontas, mas o Discord se recusa a mostrá-las aqui. Abra /history e clique em Entregar para recebê-las em particular.',
    moved: 'As imagens desta tarefa foram enviadas para outro lugar, porque não podiam ser mostradas aqui.',
    more: 'Mais imagens desta tarefa aparecem aqui.',
    elsewhere: 'Suas imagens de {{channel}}. Não foi possível publicá-las lá.',
    undelivered: 'As imagens estão prontas, mas não foi possível trazê-las para cá.',
    expired:
      'Não foi possível baixar as imagens. O RunComfy só as guarda por um tempo, então os links provavelmente expiraram. Elas continuam contando.',
    ends_withdrawn:
      'Depois de {{span}} ainda na fila, então retiradas: {{count}}. Nada é cobrado por isso, e não conta para nenhum limite.',
  },
  button: { cancel: 'Cancelar', again: 'De novo', edit: 'Editar', seed: 'Semente', remove: 'Remover' },
  edit: {
    title: 'Editar e pedir de novo',
    prompt: 'O que as imagens devem mostrar',
    count: 'Quantas imagens (1 a {{max}})',
    size: 'Tamanho',
    use: 'Usar imagem …',
    pictureTitle: 'Editar com Seedream',
    from: 'Partir de',
    files: 'Mais imagens de partida',
    picture: 'Imagem {{number}}',
    same_one: 'A mesma imagem de antes',
    same_other: 'As mesmas {{count}} imagens de antes',
    quality: 'Qualidade',
    seed: 'Semente (vazia: uma nova)',
    flags: 'Aqui você pode acrescentar {{flags}}.',
    kept: 'Mantido: {{options}}.',
    asBefore: '{{flag}} (como antes)',
  },
  seed: {
    text: 'Semente **{{seed}}**. Para pedir de novo com as mesmas configurações:',
    pictures_one: 'Partiu de {{count}} imagem: envie-a de novo com a opção picture.',
    pictures_other:
      'Partiu de {{count}} imagens: envie-as de novo com as opções picture, picture2 e picture3, ou aperte De novo.',
  },
  remove: {
    stranger: 'Só quem pediu, ou um membro com Gerenciar mensagens, pode remover estas imagens.',
    running: 'Esta tarefa ainda não terminou. Nada foi removido; tente de novo quando todas as imagens estiverem aqui.',
    trouble: 'O Discord não me deixou remover tudo; tente de novo.',
    standing_one:
      '{{count}} mensagem com imagens ainda está lá: não tenho acesso ao lugar. Quando eu tiver, clique em Remover de novo.',
    standing_other:
      '{{count}} mensagens com imagens ainda estão lá: não tenho acesso ao lugar. Quando eu tiver, clique em Remover de novo.',
    private:
      'Removido aqui. Outras mensagens com as imagens, que só você vê, estão fora do meu alcance: dispense-as você mesmo, por favor. As imagens continuam contando, porque foram pagas.',
    done: 'Removido. As imagens continuam contando, porque foram pagas.',
    forgotten:
      'Removi esta mensagem. Não conheço mais a tarefa dela; outras mensagens com as imagens, se houver, ficam. As imagens continuam contando, porque foram pagas.',
  },
  cancel: {
    part: 'Canceladas: {{cancelled}}. Sendo criadas ou já criadas: {{kept}}.',
    late: 'Tarde demais para cancelar: o RunComfy já começou as imagens.',
    over: 'Não há mais nada para cancelar: esta tarefa já terminou.',
    trouble:
      'O RunComfy não respondeu. Vou tentar cancelar de novo na próxima consulta; a mensagem mostra o resultado.',
    stranger: 'Só quem pediu, ou um membro com Gerenciar mensagens, pode cancelar esta tarefa.',
  },
  refusal: {
    guildOnly: 'Isto só funciona em servidores. Use em um em que eu esteja.',
    permissions:
      'Antes preciso destas permissões neste canal: {{permissions}}. Peça a um administrador do servidor para adicioná-las.',
    stopping: 'O bot está reiniciando. Nada foi cobrado; tente de novo em um minuto.',
    store: 'O bot não consegue acessar os dados dele agora. Nada foi cobrado; tente de novo em um minuto.',
    recordsLost:
      'O bot perdeu os registros dele, por isso não aceita tarefas por enquanto. Nada foi cobrado por isto. Avise a pessoa que hospeda o bot: ela precisa verificar primeiro.',
    storeUnsure:
      'O bot não consegue acessar os dados dele, então ainda não sabe se a sua tarefa foi aceita. Até onde ele sabe, nada foi enviado ao RunComfy. Se foi aceita, as imagens chegam aqui; se não, nada é cobrado. Confira aqui em alguns minutos antes de pedir de novo, pois as duas podem ser cobradas.',
    unreadable:
      'As configurações deste servidor não podem ser lidas por completo, então você não pode pedir imagens aqui agora. Alguém com Gerenciar servidor pode defini-las de novo: /limits show diz quais.',
    storeCancel:
      'O bot não consegue acessar os dados dele agora, então a tarefa continua. Clique de novo em um minuto.',
    gone: 'Não tenho mais os dados desta tarefa. Você pode pedi-la de novo com /seedream.',
    storeRead: 'O bot não consegue acessar os dados dele agora. Tente de novo em um minuto.',
    command: 'Não conheço este comando (ou ele não existe mais). /help mostra o que sei fazer.',
    unexpected: 'Algo deu errado do meu lado. Nada foi cobrado por este clique; tente de novo.',
    seed: 'A semente deve ser um número inteiro de 0 a {{max}}. Aperte Editar para mudá-la; se ficar vazia, uma nova é sorteada.',
    privately:
      'Esta tarefa é privada, e daqui todos a veriam. Aperte Editar aqui embaixo para pedi-la em particular, ou De novo em /history.',
    choice: 'Não conheço essa opção. Escolha uma da lista.',
    paused:
      'O bot não está configurado direito; quem o hospeda já foi avisado. Até isso ser resolvido, ele não aceita tarefas; próxima tentativa {{at}}.',
  },
  model: {
    choice: '{{model}} · {{price}} por imagem',
    gone: 'O RunComfy não oferece mais o modelo que este bot usa; quem o hospeda já foi avisado. Tente de novo mais tarde.',
    unmet:
      'O RunComfy mudou a forma de pedir a este modelo; quem hospeda o bot já foi avisado. Tente de novo mais tarde.',
    over: '{{model}} não é mais oferecido.',
    next: '{{gone}} não é mais oferecido, por isso isto é feito com **{{model}}** ({{price}} por imagem).',
    size: '{{model}} não tem o tamanho {{size}}. Escolha um que ele tenha: {{sizes}}.',
    noSize: 'Com {{model}} não dá para escolher o tamanho. Deixe o tamanho de fora.',
    off: 'Este bot não aceita imagens de partida. Peça de novo sem nenhuma.',
    textOnly: '{{model}} não consegue partir de imagens. Retire-as ou escolha outro modelo.',
    picturesOnly: '{{model}} precisa de uma imagem de partida. Adicione uma.',
    editingGone:
      'O RunComfy não oferece mais o modelo que parte de imagens. Sem imagens você ainda pode pedir. Avise quem hospeda o bot.',
  },
  references: {
    from_one: 'a partir de {{count}} imagem',
    from_other: 'a partir de {{count}} imagens',
    alt: 'A primeira imagem de partida',
    too_many: 'São {{given}} imagens de partida, e cabem no máximo {{max}}. Dê menos.',
    too_few: 'Este modelo precisa de pelo menos {{min}} imagens de partida. Adicione mais.',
    format: 'A imagem {{number}} não é um arquivo PNG, JPEG ou WebP. Dê outra.',
    too_heavy: 'A imagem {{number}} tem mais de {{max}} MB. Dê um arquivo menor.',
    too_many_pixels: 'A imagem {{number}} tem mais de {{max}} megapixels. Diminua-a.',
    ratio: 'Um lado da imagem {{number}} tem mais de {{max}} vezes o outro. Recorte-a.',
    elsewhere: 'A imagem {{number}} não pode ser repassada: só as que o próprio Discord tem. Envie-a como arquivo.',
    expired:
      'A imagem {{number}} não está mais disponível: o endereço dela no Discord expirou ou a mensagem sumiu. Envie-a de novo ou use outra.',
    together:
      'As imagens de partida e as pedidas podem somar no máximo {{most}}, e são {{given}} e {{asked}}. Com estas, dá para pedir até {{max}}.',
    barred: 'Este servidor não permite partir de imagens. Peça sem elas.',
    none: 'Esta mensagem não tem imagem da qual eu possa partir. /seedream aceita uma como arquivo, pela opção picture.',
    forgotten: 'Não conheço mais as imagens de partida. Aperte Editar e envie-as de novo.',
    formLost:
      'Fui reiniciado nesse meio-tempo e não sei mais de quais imagens era este formulário. Use o comando na mensagem de novo, ou aperte Editar e envie as imagens como arquivos.',
  },
  suggestion: {
    gone: 'Não conheço o prompt que esta sugestão representa. Escreva o prompt ou escolha outra sugestão.',
    cut: 'Isto parece uma sugestão com o final cortado ("…"), e não conheço o prompt inteiro. Escolha-a de novo na lista ou escreva tudo. Se não falta nada, tire o "…".',
    several:
      'Vários dos seus prompts anteriores começam assim, e não tenho como saber qual você quer. Escolha um de novo na lista ou escreva tudo.',
  },
  prompt: {
    empty: 'O prompt está vazio. Diga o que as imagens devem mostrar.',
    too_long: 'O prompt é longo demais: tem {{length}} caracteres, e cabem {{max}}. Encurte o texto.',
    mismatch:
      'O número de imagens no prompt é {{stated}}, e na opção count é {{count}}. Deixe os dois iguais ou não use count.',
    ambiguous: 'O prompt cita mais de um número de imagens ({{numbers}}). Cite só um ou use apenas a opção count.',
    unsure:
      'Não dá para saber quantas imagens isto pede: {{numbers}} pode ser o número ou parte do que elas mostram. Toque em um número abaixo ou informe-o com a opção count.',
    out_of_range: 'Este pedido é de {{number}} imagens; uma tarefa pode ter de 1 a {{max}}. Mude o número.',
    above_job_limit: 'Este pedido é de {{number}} imagens; aqui uma tarefa pode ter no máximo {{max}}. Mude o número.',
  },
  limit: {
    userActiveJobs: 'Você tem {{used}} de {{allowed}} tarefas em andamento. Tente de novo quando uma delas terminar.',
    guildActiveJobs:
      'Este servidor tem {{used}} de {{allowed}} tarefas em andamento. Tente de novo quando uma delas terminar.',
    userDailyImages:
      'Você usou {{used}} das suas {{allowed}} imagens de hoje, e esta tarefa é de {{asked}}. O limite se renova {{resets}}.',
    guildDailyImages:
      'Este servidor usou {{used}} das {{allowed}} imagens de hoje, e esta tarefa é de {{asked}}. O limite se renova {{resets}}.',
    guildMonthlyImages:
      'Este servidor usou {{used}} das {{allowed}} imagens deste mês, e esta tarefa é de {{asked}}. O limite se renova {{resets}}.',
    totalMonthlyImages:
      'Este bot usou {{used}} das {{allowed}} imagens deste mês em todos os servidores, e esta tarefa é de {{asked}}. O limite se renova {{resets}}.',
  },
  usage: {
    title: 'Imagens usadas',
    you: 'Você',
    server: 'Este servidor',
    total: 'Todos os servidores deste bot',
    today: '{{used}} de {{allowed}} hoje',
    month: '{{used}} de {{allowed}} neste mês',
    running: '{{used}} de {{allowed}} tarefas em andamento',
    perJob_one: 'Aqui uma tarefa pode ter {{count}} imagem.',
    perJob_other: 'Aqui uma tarefa pode ter até {{count}} imagens.',
    cost: 'Custo, a {{price}} por imagem',
    costToday: 'Hoje: {{pictures}} · {{cost}}',
    costMonth: 'Este mês: {{pictures}} · {{cost}}',
    costRecent: 'Últimos {{days}} dias: {{pictures}} · {{cost}}',
    pictures_one: '{{count}} imagem',
    pictures_other: '{{count}} imagens',
    byMember: 'Últimos {{days}} dias, por membro',
    others: 'Outros',
    nothing: 'Nenhuma imagem nos últimos {{days}} dias.',
    alt: 'Gráfico de barras de imagens por dia nos últimos {{days}} dias, empilhadas por membro: {{total}} no total, com o máximo em {{day}} ({{most}}).',
    all: {
      only: 'Só quem hospeda este bot vê isto.',
      month: 'Este mês, todos os servidores',
      billed: 'Cobrado pelo RunComfy: {{cost}}',
      estimated: 'Estimado: {{cost}}',
      unknown: 'Disso, não se sabe se {{cost}} foram cobrados. `npm run statement` lista esses pedidos.',
      balance: 'Saldo no RunComfy',
      noBalance: 'O RunComfy não informou.',
      servers: 'Servidores com mais imagens neste mês: cobrado (estimado)',
      none: 'Nada ainda.',
    },
    resets: 'Renovação',
    resetsDay: 'hoje: {{at}}',
    resetsMonth: 'neste mês: {{at}}',
  },
  history: {
    title: 'Suas tarefas neste servidor',
    empty: 'Não tenho mais nenhuma tarefa sua neste servidor. Experimente /seedream.',
    delivered: 'Entregue',
    removed: 'Entregue e depois removido',
    undelivered: 'Pronto, mas não entregue',
    partly: 'Entregue em parte',
    undeliveredHint:
      'Não foi possível trazer as imagens para o Discord. Clique em Entregar para recebê-las aqui enquanto o RunComfy as guardar.',
    forgotten: 'Os detalhes não são mais guardados',
    message: 'Ir para a mensagem',
    again: 'De novo {{number}}',
    deliver: 'Entregar {{number}}',
    newer: 'Mais recentes',
    older: 'Mais antigos',
    kept_one: 'Guardadas por {{count}} dia. Saiba mais em /privacy.',
    kept_other: 'Guardadas por {{count}} dias. Saiba mais em /privacy.',
    confirm: 'Mais uma vez, com uma nova semente? Isso custa {{cost}}.',
    privateHint:
      'O Discord já esqueceu ou vai esquecer em breve. Entregar traz as imagens de volta enquanto o RunComfy as guarda.',
  },
  deliver: {
    running: 'Esta tarefa ainda não terminou, ou as imagens já estão a caminho. Olhe de novo em um minuto.',
    over: 'Não há nada para entregar desta tarefa.',
    justNow: 'As imagens acabaram de chegar; elas ainda estão aí.',
  },
  privacy: {
    title: 'Privacidade',
    kept: 'O que é guardado',
    requests_one:
      'Suas tarefas, com prompt, configurações, servidor, canal, seu ID de usuário, links para as imagens e os endereços das de partida: por {{count}} dia depois de terminarem.',
    requests_other:
      'Suas tarefas, com prompt, configurações, servidor, canal, seu ID de usuário, links para as imagens e os endereços das de partida: por {{count}} dias depois de terminarem.',
    counts:
      'Quantas imagens você pediu e quando, com seu ID de usuário, para os limites e o custo: por até {{days}} dias. Os administradores de um servidor veem isso por membro.',
    where: 'Onde',
    whereText:
      'Com quem hospeda este bot. O RunComfy recebe o prompt, as configurações e os endereços das imagens de partida, não quem pediu. As imagens ficam no Discord e, por tempo limitado, no RunComfy.',
    not: 'O que não é guardado',
    notText: 'Mensagens: o bot não as lê. Imagens: são repassadas ao Discord.',
    delete: 'Exclusão',
    deleteText:
      'O botão abaixo exclui suas tarefas terminadas em todos os servidores e tira seu nome das contagens. As galerias no Discord ficam; o botão Remover abaixo de cada uma a apaga. O que um administrador definiu para um servidor fica, com quem definiu.',
    erase: 'Excluir meus dados',
    confirm:
      'Excluir suas tarefas terminadas em todos os servidores, com os prompts? Seu histórico ficará vazio, e as imagens que ainda não puderam ser entregues serão perdidas. As imagens continuam contando, sem o seu nome. Não dá para desfazer.',
    confirmErase: 'Sim, excluir',
    keep: 'Manter',
    left: 'Nada foi excluído.',
    erased_one: '{{count}} tarefa foi excluída.',
    erased_other: '{{count}} tarefas foram excluídas.',
    none: 'Não havia nada para excluir.',
    today:
      'O que você pediu hoje conta para o seu limite até a meia-noite (UTC); seu nome sai da contagem na hora seguinte.',
    running_one: '{{count}} tarefa ainda está em andamento e foi mantida. Exclua-a aqui quando terminar.',
    running_other: '{{count}} tarefas ainda estão em andamento e foram mantidas. Exclua-as aqui quando terminarem.',
    trouble:
      'O bot não consegue acessar os dados dele agora, então nem tudo foi excluído. Use /privacy de novo em um minuto.',
  },
  help: {
    title: 'Imagens com o {{models}}',
    text: 'Diga o que as imagens devem mostrar; eu as faço e trago para cá, mesmo que me reiniciem no meio do caminho.',
    options: 'Opções de /seedream',
    optionsText:
      '**count** quantas imagens; o prompt também pode dizer ("5 imagens de gatos")\n**size** o formato: paisagem, retrato, quadrado\n**picture** uma imagem de partida; picture2 e picture3 para mais\n**seed** para pedir de novo com as mesmas configurações\n**quality** rápida ou padrão\n**private** só você vê\n**spoiler** borradas até alguém clicar\n**model** qual modelo as faz',
    limits: 'Limites',
    limitsText:
      'As imagens são limitadas por dia e por mês (UTC), e as tarefas, por quantas rodam ao mesmo tempo; **/usage** mostra o que resta. O que é recusado, falha no RunComfy ou é cancelado a tempo não conta para nada.',
    buttons: 'Botões',
    buttonsText:
      '**Cancelar** enquanto a tarefa está na fila\n**De novo** o mesmo com uma nova semente\n**Editar** o mesmo com mudanças\n**Semente** mostra a semente e as configurações para copiar\n**Remover** apaga as imagens do Discord; não libera nada',
    more: 'Mais',
    moreText:
      '**/history** suas tarefas; traz imagens que não chegaram ou que o Discord esqueceu\n**/usage** o que foi usado e quando se renova\n**/privacy** o que é guardado e como excluir',
    pictures: 'Partir de imagens',
    picturesText:
      '**Usar imagem …** embaixo de uma galeria parte de uma das imagens dela\n**Editar** aceita imagens da galeria e arquivos\n**Editar com Seedream** no menu Apps de qualquer mensagem com imagens',
    examples: 'Experimente',
    examplesText:
      '{{command}} um farol ao amanhecer, aquarela\n{{command}} 4 fotos de uma raposa na neve\n{{command}} uma rua de neon na chuva --ar 9:16',
    admins: 'Para administradores',
    adminsText:
      '**/limits** ver e definir o que este servidor, seus membros e cargos podem usar\n**/words** palavras que os prompts não podem ter\n**/usage** mostra a você quem usou quanto e o que custou',
  },
  barred: {
    user: 'Você não pode pedir imagens neste servidor: seu limite é 0. Um administrador do servidor pode mudar isso.',
    guild:
      'Ninguém pode pedir imagens neste servidor: o limite dele é 0. Um administrador do servidor pode mudar isso.',
    total: 'Este bot não cria imagens: o limite dele em todos os servidores é 0. Avise a pessoa que hospeda o bot.',
  },
  guild: {
    stranger: 'Só membros com Gerenciar servidor e a pessoa que hospeda este bot podem fazer isso.',
    store:
      'O bot não consegue acessar os dados dele agora, então talvez nada tenha sido alterado. Confira de novo em um minuto.',
  },
  limits: {
    title: 'Limites deste servidor',
    days: 'Os dias e os meses começam à meia-noite UTC.',
    total: 'Imagens por mês, todos os servidores',
    roles: 'Imagens por dia para cada membro com um cargo',
    changes: 'Últimas mudanças',
    used: 'Uso: **{{used}}** · limite: **{{limit}}**',
    usedByYou: '**{{limit}}** · seu uso: **{{used}}**',
    plain: '**{{limit}}**',
    ceiling: 'pode ir até {{ceiling}}',
    set: 'Definido como {{value}} por {{by}} {{at}}',
    raised: 'Elevado para {{value}} por {{by}}, que hospeda o bot, {{at}}',
    setBy: 'definido por {{by}} {{at}}',
    none: 'nenhum',
    changed: '**{{name}}**: antes **{{before}}**, a partir de agora **{{after}}**. Pode ir até {{ceiling}}.',
    above:
      '**{{name}}** não pode passar de **{{ceiling}}** aqui. Nada foi alterado; só a pessoa que hospeda este bot pode aumentar isso.',
    range: '**{{name}}** deve ser um número inteiro de {{min}} a {{max}}. Nada foi alterado.',
    resetLine: '**{{name}}**: antes **{{before}}**, a partir de agora **{{after}}**.',
    unreadable:
      'Não foi possível ler: {{names}}. As tarefas são recusadas até que seja definido de novo com /limits ou /words, ou descartado com /limits reset. O resto vale.',
    dropped: 'O que não podia ser lido foi descartado. Veja /limits show e /words list e defina de novo o que falta.',
    resetNothing: 'Estes já são os valores padrão. Nada foi alterado.',
    role: 'Imagens por dia para cada membro com {{role}}: antes **{{before}}**, a partir de agora **{{after}}**. Vale o maior número entre os cargos de um membro.',
    rolesFull: 'No máximo {{max}} cargos podem ter um número próprio. Nada foi alterado; remova um antes.',
    references: 'Partir de imagens',
    allowed: 'permitido',
    notAllowed: 'não permitido',
    referencesSet: '**{{name}}**: era **{{before}}**, agora é **{{after}}**.',
    defaults: 'Onde nada mais é dito, vale o padrão.',
  },
  words: {
    refused:
      'Este prompt contém uma palavra que este servidor não permite. Escreva de outra forma: em Editar ele está como você o digitou.',
    added:
      '**{{word}}** foi adicionada: a partir de agora, um prompt que a contenha é recusado. Palavras na lista: {{count}} de no máximo {{max}}.',
    removed: '**{{word}}** foi removida. Palavras restantes: {{count}}.',
    known: '**{{word}}** já está na lista, talvez com outra grafia.',
    unknown: '**{{word}}** não está na lista.',
    nothing: 'Uma palavra precisa de uma letra, um algarismo ou um emoji. Nada foi alterado.',
    too_long: 'Uma palavra pode ter no máximo {{max}} caracteres. Nada foi alterado.',
    full: 'A lista está cheia: tem {{max}} palavras. Nada foi alterado; remova uma antes.',
    empty: 'Não há palavras na lista.',
    title: 'Palavras não permitidas nos prompts ({{count}} de no máximo {{max}})',
  },
  host: {
    balance:
      'O RunComfy diz que seu saldo é de **{{balance}}**, menos que **{{threshold}}** (`BALANCE_WARNING_USD`). Quando ele acabar, as tarefas serão recusadas, e nada será cobrado por elas. Recarregue-o em https://www.runcomfy.com. Aviso de novo quando ele tiver ficado acima disso e voltar a cair.',
    assets:
      'As imagens de uma tarefa estão em **{{origin}}**, de onde não posso baixar, então ninguém as recebe. Se for do RunComfy, adicione-o a `RUNCOMFY_ASSET_HOSTS` e reinicie-me; os membros poderão então recebê-las por /history.',
    modelGone:
      'O RunComfy não tem mais o modelo **{{name}}** (`{{id}}`), por isso as tarefas são recusadas por enquanto; nada é cobrado por elas. Escolha outro em https://www.runcomfy.com/models, coloque-o em `RUNCOMFY_MODELS` (por exemplo `{{example}}`) e me inicie de novo; `npm run doctor -- --model {{example}}` mostra se consigo usá-lo. Se o RunComfy voltar a oferecer {{name}}, eu continuo por conta própria.',
    modelNext:
      'O RunComfy não tem mais o modelo **{{name}}** (`{{id}}`). As novas tarefas são feitas com `{{next}}`, o próximo em `RUNCOMFY_MODELS`. Tire `{{id}}` dessa lista quando puder; se o RunComfy voltar a oferecê-lo antes, eu volto a ele por conta própria.',
    modelUnmet:
      'O modelo **{{name}}** (`{{id}}`) do RunComfy não aceita mais o que eu envio no campo `{{field}}` ({{problem}}), por isso nenhuma tarefa nova é feita com ele. Nada é cobrado por isso. Uma versão mais nova de mim talvez conheça o novo jeito; até lá, coloque outro modelo em `RUNCOMFY_MODELS` (por exemplo `{{example}}`) e me inicie de novo. `npm run doctor` mostra o que consigo usar.',
    editingGone:
      'O RunComfy não tem mais o modelo **{{name}}** (`{{id}}`), com o qual as imagens são editadas; por ora, tarefas que partem de imagens são recusadas, sem cobrança. As demais seguem. Se o RunComfy o oferecer de novo, continuo sozinho; `REFERENCES=off` tira as opções.',
    editingUnmet:
      'O modelo do RunComfy **{{name}}** (`{{id}}`), com o qual as imagens são editadas, não aceita mais o que envio, no campo `{{field}}` ({{problem}}); tarefas que partem de imagens são recusadas. Nada é cobrado por isso, e as demais seguem. Uma versão mais nova talvez conheça o novo jeito; `REFERENCES=off` tira as opções.',
    authentication:
      'O RunComfy não aceita minha chave de API (`RUNCOMFY_TOKEN`), por isso as tarefas falham e, depois de três seguidas, são recusadas; nada é cobrado por elas. Crie uma nova chave em https://www.runcomfy.com, configure-a e me inicie de novo; `npm run doctor` mostra se ela é aceita.',
    empty:
      'Meu saldo no RunComfy acabou, por isso as tarefas falham e, depois de três seguidas, são recusadas; nada é cobrado por elas. Recarregue-o em https://www.runcomfy.com; em até um minuto eu continuo sozinho.',
  },
  ceiling: {
    at80: 'Neste mês ({{month}}, UTC) este bot usou **{{used}}** das **{{allowed}}** imagens que `LIMIT_TOTAL_MONTHLY_IMAGES` permite em todos os servidores: chegou a **80 %**. A contagem recomeça {{frees}}.',
    at100:
      'Neste mês ({{month}}, UTC) este bot usou **{{used}}** das **{{allowed}}** imagens que `LIMIT_TOTAL_MONTHLY_IMAGES` permite em todos os servidores: chegou a **100 %**, e novas tarefas são recusadas. A contagem recomeça {{frees}}.',
  },
  permission: {
    ViewChannel: 'Ver canal',
    SendMessages: 'Enviar mensagens',
    SendMessagesInThreads: 'Enviar mensagens em tópicos',
    EmbedLinks: 'Inserir links',
    AttachFiles: 'Anexar arquivos',
  },
  quality: { fast: 'rápida', standard: 'padrão' },
  command: {
    usage: { text: 'O que você e este servidor usaram, e quando o limite se renova' },
    history: { text: 'Suas próprias tarefas neste servidor, as mais recentes primeiro' },
    privacy: { text: 'O que este bot guarda, por quanto tempo, e como excluir seus dados' },
    help: { text: 'O que este bot faz: opções, limites e botões' },
    seedream: {
      text: 'Crie imagens com o {{models}}',
      prompt: 'O que as imagens devem mostrar',
      count: 'Quantas imagens ({{number}} se nem isto nem o prompt disser)',
      size: 'Formato das imagens ({{size}} se não informado)',
      seed: 'Para pedir de novo com as mesmas configurações (aleatória se não for informada)',
      quality: 'padrão é melhor e mais lenta ({{quality}} se não for informada)',
      private: 'Só você vê as imagens. O Discord esquece essas mensagens; /history as traz de novo',
      spoiler: 'As imagens ficam borradas até alguém clicar',
      model: 'Qual modelo faz as imagens ({{model}} se não for informado)',
      picture: 'Uma imagem de partida',
      further: 'Outra imagem de partida',
    },
    limits: {
      text: 'Ver e definir o que este servidor pode usar',
      show: 'Cada limite: o que foi usado, até onde pode ir, quem definiu',
      set: 'Definir um limite para este servidor',
      reset: 'Voltar ao padrão',
      role: 'Definir as imagens por dia de cada membro com um cargo',
      limit: 'Qual limite',
      value: 'O novo número; 0 não permite nada',
      which: 'Qual cargo',
      images: 'Imagens por dia para cada membro com o cargo; 0 bloqueia, vazio remove o número',
      guildDailyImages: 'Imagens por dia, servidor inteiro',
      guildMonthlyImages: 'Imagens por mês, servidor inteiro',
      userDailyImages: 'Imagens por dia, cada membro',
      guildActiveJobs: 'Tarefas ao mesmo tempo, servidor inteiro',
      userActiveJobs: 'Tarefas ao mesmo tempo, cada membro',
      imagesPerJob: 'Imagens em uma tarefa',
      pictures: 'Permitir ou não partir de imagens',
      allow: 'Se os membros podem partir de imagens',
    },
    words: {
      text: 'Palavras que este servidor não permite nos prompts',
      add: 'Adicionar uma palavra ou frase; outras grafias dela também são encontradas',
      remove: 'Remover uma palavra ou frase',
      list: 'Mostrar as palavras',
      word: 'A palavra ou frase',
    },
    editPicture: 'Editar com Seedream',
  },
  size: {
    square: 'Quadrado',
    landscape: 'Paisagem {{ratio}}',
    portrait: 'Retrato {{ratio}}',
    ultrawide: 'Ultralargo {{ratio}}',
    default: '{{size}} (padrão)',
  },
  facts: { seed: 'semente {{seed}}' },
  flags: {
    unknown:
      'Não conheço {{flags}}, que está no seu prompt, por isso nada foi enviado. Eu leio `--ar`, `--seed`, `--count`, `--size` e `--quality`; o que as imagens não devem mostrar pode ser dito em palavras.',
    read: 'Lido do seu prompt como opções: {{options}}.',
  },
  mend: {
    count: 'Fazer {{count}}',
    instead: 'Fazer {{count}} em vez disso',
    later: 'Tentar de novo',
    without: 'Fazer sem isso',
  },
  tell: {
    button: 'Avise quando terminar',
    noted:
      'Quando esta tarefa terminar, eu escrevo para você por mensagem direta, sem notificação, se você aceitar as minhas mensagens diretas.',
    over: 'Esta tarefa já terminou.',
    stranger: 'Só quem pediu esta tarefa pode ser avisado.',
    done: 'Suas imagens estão prontas: {{prompt}}\n{{where}}',
    ended: 'Sua tarefa terminou sem imagens: {{prompt}}\n{{where}}',
  },
};
