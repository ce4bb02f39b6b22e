import type { en } from "./en.js";

export const ptBR: Record<keyof typeof en, string> = {
  language: "Português",
  skip: "Pular para a lição",
  nav: "Site",
  contents: "Nesta lição",
  "index.title": "Lições",
  "index.choose": "Escolha uma lição e uma língua.",
  cell: "Célula {number}",
  "code.of": "Código da célula {number}",
  run: "Rodar",
  "run.cell": "Rodar a célula {number}",
  "run.all": "Rodar todas as células",
  stop: "Parar",
  "stop.cell": "Parar a célula {number}",
  "stop.all": "Parar",
  "output.saved": "Saída guardada",
  "output.live": "Saída agora",
  running: "Rodando.",
  "running.quiet": "Ainda rodando, há 5 segundos sem pausa. Pare-a se achar que ela não vai terminar.",
  reset: "Restaurar",
  "reset.cell": "Restaurar na célula {number} o código da lição",
  edited: "editada",
  stale: "desatualizada",
  newer: "a lição tem um código mais novo aqui: Restaurar o mostra",
  history: "Histórico",
  "history.take": "{time}: usar este de novo",
  work: "Seu trabalho",
  "work.about":
    "O que você escreve fica neste navegador, separado da lição, e não é enviado a lugar nenhum. Uma cópia de segurança é um arquivo seu: leve-a para outra máquina, ou guarde-a para outro dia.",
  "work.backup": "Baixar uma cópia de segurança",
  "work.restore": "Recuperar uma cópia",
  "work.restored": "A cópia foi recuperada.",
  "work.refused":
    "Este arquivo não é uma cópia de segurança deste laboratório, ou está danificado. Nada mudou.",
  "work.other": "Esta é uma cópia de outra lição: abra aquela lição e recupere-a lá. Nada mudou.",
  "work.reset": "Começar de novo",
  "work.reset.sure":
    "Apagar tudo o que você escreveu nesta lição? Uma cópia baixada antes traz tudo de volta.",
  "keep.done": "Guardado neste navegador.",
  "keep.full":
    "O armazenamento deste navegador está cheio: suas últimas mudanças NÃO foram guardadas. Baixe uma cópia, abra espaço e mude algo para tentar de novo.",
  "keep.unavailable":
    "Este navegador não deixa a página guardar nada, como em uma janela anônima: suas mudanças NÃO são guardadas. Baixe uma cópia antes de sair.",
  "keep.unreadable":
    "O que este navegador guardou desta lição vem de outra versão do laboratório. Fica como está, e suas mudanças NÃO são guardadas: baixe uma cópia antes de sair.",
  remarks: "Antes de rodar",
  "remark.line": "linha {line}",
  "remark.detail": "Tudo o que o TypeScript diz",
  same: "igual à guardada",
  different: "diferente da guardada",
  nothing: "Rodou e não imprimiu nada.",
  stopped: "Parada. O que as células tinham criado se foi com ela; as rápidas rodam de novo sozinhas.",
  "all.same": "Todas as {count} células deram a saída guardada.",
  "all.different": "{count} de {total} células deram uma saída diferente da guardada.",
  silent:
    "Parada, depois de 30 segundos sem pausa: esta célula parece não terminar nunca. Olhe os laços: todos têm fim?",
  broken: "O trabalhador (worker) da lição terminou: {reason}. A próxima execução começa outro.",
  "cause.memory": "Isso pede mais memória do que uma página pode ter. Faça arrays menores.",
  "cause.recursion": "Uma função chama a si mesma sem fim.",
  cut: "A saída é longa demais: o que segue não é mostrado.",
  "figure.data": "Os dados da figura em tabela",
  "playground.title": "Experimentos",
  "playground.text":
    "Pontos de um plano e uma rede que aprende a separá-los. Escolha os pontos, as camadas e como ela aprende; rode e veja as regiões que ela dá a cada classe. O endereço da página guarda todos os ajustes, e um link os compartilha; o mesmo treino também está aí como programa.",
  "playground.alt":
    "As regiões que uma rede com duas camadas ocultas dá aos três braços de uma espiral, depois de {epochs} épocas.",
};
