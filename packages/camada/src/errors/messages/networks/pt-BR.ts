import type { en } from "./en.js";

/** What is said of data, graphs, networks and training, in Brazilian Portuguese, by code. */
export const ptBR = {
  "value.array": "{op}: {name} deve ser um array, e não {found}. Faça dele um: array(...)",
  "value.choice": "{op}: {name} deve ser um destes: {known}; e não {value}",

  "value.share": "{op}: {name} deve ser um número de 0 a 1, e não {value}",

  "blobs.centers": "blobs: cada centro deve ser um par de números, como em [[0, 0], [3, 1]]; dados: {array}",
  "labels.whole":
    "{op}: um rótulo deve ser um número inteiro não negativo, e não {value} (rótulo {position})",
  "labels.range":
    "{op}: o rótulo {label} (rótulo {position}) não está entre {classes} classes, contadas a partir de 0. Dê mais classes",
  "standardize.axes":
    "standardize: {array} não tem atributos: são precisos ao menos 2 eixos, com as linhas ao longo do primeiro. Use .reshape([-1, 1]) para um atributo só",
  "standardize.infinite":
    "standardize: a coluna {column} tem um valor que não é finito, ou grande demais para ser elevado ao quadrado. Conserte ou remova antes a linha dele",
  "standardize.columns": "standardize: {array} não tem as colunas de {expected}, que foram padronizadas",
  "standardize.constant":
    "standardize: o que nunca muda virou 0, pois uma rede nada pode aprender disso: coluna {columns}. Deixe-o fora dos dados",
  "rows.count": "{op}: {left} e {right} não têm o mesmo número de linhas. Cada linha precisa do seu alvo",
  "split.size":
    "trainTestSplit: testSize deve ser uma fração entre 0 e 1, ou um número de linhas, e deixar uma linha para cada parte: não {value} de {rows} linhas",
  "split.stratify":
    "trainTestSplit: só por rótulos inteiros, um por linha, é possível estratificar, e não por {array}. Deixe stratify de fora",
  "split.time":
    "trainTestSplit: order 'time' mantém as linhas em ordem, então {option} não pode ser true. Deixe um dos dois de fora",

  "metric.shapes":
    "{op}: os rótulos {left} não se ajustam às previsões {right}. Deve haver um rótulo por linha, ou linhas one-hot tão largas quanto as previsões",
  "metric.pairs":
    "{op}: os alvos {left} e as previsões {right} devem ter a mesma forma. Use .reshape([...]) em um deles",
  "metric.weights": "{op}: os pesos {array} devem ser um para cada uma das {rows} linhas",
  "metric.topK": "{op}: {columns} saídas por linha são poucas para escolher entre elas. Use accuracy()",
  "metric.classes": "{op}: só os rótulos não dizem quantas classes há. Diga-o: classes: 10",
  "metric.columns":
    "{op}: classes é {classes}, mas as previsões têm {columns} saídas por linha. Deixe classes de fora",
  "metric.outside":
    "{op}: alguns rótulos ou previsões não estão entre {classes} classes, contadas a partir de 0. Dê mais classes",
  "metric.binary": "{op}: average 'binary' é para 2 classes, e não {classes}. Use average: 'macro'",
  "metric.probabilities":
    "{op}: os rótulos devem ser 0 ou 1 e as previsões, probabilidades de 0 a 1. Faça a rede terminar em uma sigmoide",
  "trace.output": "{op}: a função deve devolver arrays, ou listas e objetos deles, e não {found}",
  "trace.argument":
    "{op}: um argumento deve ser um array, um número, ou uma lista ou objeto deles, e não {found}",
  "trace.leaked":
    "um array feito por uma função rastreada foi usado fora dela, onde não tem valores. Faça a função devolvê-lo",
  "backend.thread":
    "uma thread que dividia o trabalho parou, e com ela esta execução. Os pesos estão como antes dela. Chame de novo: uma só thread fará todo o trabalho",
  "backend.tier":
    "este motor não tem as instruções do nível '{tier}'. Não informe o nível para usar as melhores que ele tem",
  "backend.unknown": "não existe o backend '{backend}'. Existem: {known}",
  "backend.missing":
    "este motor não tem WebAssembly com vetores (SIMD). O backend 'reference' funciona sem isso, mais devagar",
  "backend.memory":
    "o programa precisa de {megabytes} MB de memória, mais do que pode ter: no máximo 4096 MB, onde a máquina os tiver. Use lotes menores, ou menos dados de uma vez",
  "backend.refused":
    "o motor recusou-se a compilar o programa: {reason}. A política de segurança da página deve permitir 'wasm-unsafe-eval'; o backend 'reference' funciona sem isso, mais devagar",
  "warning.reference":
    "WebAssembly não pode ser usado aqui; por isso é usado o backend 'reference', muitas vezes mais lento. Em uma página, a política de segurança de conteúdo deve permitir 'wasm-unsafe-eval'; fora dela, use um motor que tenha vetores (SIMD)",
  "warning.threads":
    "uma só thread faz todo o trabalho, pois esta página não pode compartilhar memória. Sirva-a com os cabeçalhos Cross-Origin-Opener-Policy: same-origin e Cross-Origin-Embedder-Policy: require-corp, ou use configure({ threads: 1 })",
  "grad.scalar":
    "{op}: a função deve devolver um só número para ter gradiente, e não um array de {array}. Reduza-o antes: sum(...) ou mean(...)",
  "grad.count": "{op}: a função deve devolver um só número para ter gradiente, e não {count} resultados",
  "grad.nothing":
    "{op}: não há array de floats nem número no argumento {argument} em relação a que tomar o gradiente",
  "grad.dtype": "{op}: só há gradiente em relação a floats, e não a {dtype}. Use antes .astype('float64')",
  "grad.none":
    "{op}: a função devolve {dtype}, que só muda aos saltos e não tem gradiente. Faça-a devolver um float",
  "grad.check":
    "checkGrads: argumento {argument}, posição {position}: o gradiente é {gradient}, mas diferenças finitas dão {difference}. Num ponto anguloso ou num salto eles não precisam concordar: use ali outros valores, ou outro eps",

  "remedy.oneObservation": " Uma observação é um lote de um: use expandDims(x, 0)",
  "layer.axes": "{layer}: recebe {expected}, mas lhe foi dado {found}.{remedy}",
  "layer.names":
    "{layer}: recebe {expected}, mas lhe foi dado {found}: tomaria '{a}' por '{b}'. Se for o eixo certo, dê-lhe esse nome: .rename(...)",
  "layer.features":
    "{layer}: seus pesos recebem {expected} atributos, mas chegam {found}. Dê-lhe pesos de forma (neuron, feature {found}), ou deixe a camada anterior com {expected} neurônios",
  "layer.output": "{layer}: sua função devolveu {found}, mas se esperava {expected}",
  "layer.rank":
    "{layer}: recebe imagens, (row, column, channel), mas chega {found}. Dê-lhe antes essa forma: reshapeTo([linhas, colunas, canais])",
  "layer.window": "{layer}: sua janela de {window} não cabe em {found}. Diminua-a, ou use padding: 'same'",
  "layer.channels":
    "{layer}: seus pesos recebem {expected} canais, mas chegam {found}. Dê-lhe pesos de forma (neuron, row, column, channel {found}), ou deixe a camada anterior com {expected} neurônios",
  "layer.indices": "{layer}: recebe índices de 0 a {last}, mas lhe foi dado {index}",
  "layer.weights": "{op}: os pesos têm os eixos ({axes}), e não os de {array}",
  "layer.weightsAxes": "{op}: os pesos são ({axes}), e não {array}. Ponha os eixos em ordem: use {method}",
  "layer.biases": "{op}: há um viés para cada um dos {neurons} neurônios, mas os vieses são {array}",
  "activation.unknown": "activation: não existe '{name}'. Existem: {known}",
  "network.empty": "sequential: é preciso ao menos uma camada",
  "network.input":
    "sequential: não se sabe o que chega a {layer}. Comece por uma camada de entrada: input(784)",
  "network.inputTwice": "sequential: somente a primeira camada pode ser de entrada",
  "network.indices":
    "sequential: {layer} recebe índices, então deve ser a primeira camada depois da de entrada",
  "network.names": "sequential: duas camadas não podem se chamar '{name}'",
  "config.form":
    "modelFromConfig: um modelo é um objeto com uma lista de camadas, cada uma um objeto com um tipo (kind) e um nome (name)",
  "config.kind":
    "{layer}: não existe o tipo de camada '{kind}' que um arquivo possa guardar. Existem: {known}",
  "config.extra": "{layer}: não existe a configuração '{name}'. Existem: {known}",
  "config.setting": "{layer}: a configuração '{name}' falta, ou não é uma que um arquivo possa guardar",
  "weights.unknown": "{op}: não existe o peso '{name}'. Existem: {known}",
  "weights.missing": "{op}: falta o peso '{name}'. Dê todos os pesos da rede, ou nenhum",
  "weights.shape": "{op}: {name} tem os eixos {expected}, e não {found}",
  "weights.finite":
    "fit: {name} tem {value}, de que nada se pode aprender. Ponha antes outros pesos: initialize(seed)",
  "summary.layer": "camada",
  "summary.output": "saída",
  "summary.parameters": "parâmetros",
  "summary.total": "parâmetros ao todo:",
  "callback.monitor":
    "{op}: os registros das épocas não terão '{monitor}', somente: {known}. Para observar a validação, dê validationSplit ou validationData a fit",
  "callback.number": "{op}: '{monitor}' não é um número só, portanto não pode melhorar. Observe outro valor",
  "callback.patience": "{op}: patience deve ser um número de épocas não negativo, e não {value}",
  "callback.factor":
    "{op}: uma taxa de aprendizado pode ser multiplicada por um número finito acima de 0, e não por {value}",
  "fit.loss":
    "{op}: não foi dito o que diminuir. Dê uma perda, como em loss: softmaxCrossEntropy(), ou uma função da verdade e do resultado",
  "fit.made": "{op}: {name} deve ser o que uma função faz, como {example}, e não {found}",
  "fit.metrics":
    "{op}: os registros não podem ter dois valores chamados '{name}'. Dê outro nome a um: { ...metric, name: 'outro' }",
  "fit.nothing": "fit: esta rede não tem pesos a aprender. Dê-lhe uma camada que tenha, como dense(10)",
  "fit.rows": "{op}: cada linha de x precisa da sua linha de y: x é {x}, y é {y}",
  "fit.empty": "{op}: não há linhas",
  "fit.data":
    "{op}: {name} tem {value} na linha {row}, que não é um número {dtype} finito. Tire a linha ou ponha um número no lugar",
  "fit.eachLoss":
    "{loss}: uma perda dá um número para cada uma das {rows} linhas, e não um array de {found}. Tire a média sobre os outros eixos: mean(..., -1)",
  "fit.seed": "fit: a semente deve ser um número inteiro de 0 a {max}, e não {seed}",
  "fit.split":
    "fit: validationSplit {value} de {rows} linhas não deixa nenhuma para aprender. Diminua-o, ou dê validationData",
  "fit.validation":
    "fit: pode haver validationSplit ou validationData, mas não ambos. Deixe de fora um dos dois",
  "fit.weights": "fit: sampleWeight precisa de um número para cada uma das {rows} linhas, e não de {found}",
  "fit.weight": "fit: {name} deve ser um número finito não negativo, e não {value}",
  "fit.classes":
    "fit: classWeight precisa de uma classe em cada linha, e não de um y de {y}. Use sampleWeight",
  "fit.class": "fit: classWeight precisa de classes, números inteiros, mas y tem {value}. Use sampleWeight",
  "fit.classWeight": "fit: classWeight não tem peso para a classe {label}. Dê um a cada classe",
  "fit.running": "{op}: este modelo está sendo treinado. Espere que termine, ou pare-o",
  "fit.resume": "fit: este estado é de outra rede ou de outro otimizador: tem {found}; aqui há {expected}",
  "fit.state": "fit: este não é um estado que um treino teve: {name} é {value}",
  "fit.optimizer": "fit: o otimizador {optimizer} deve dar um array de {shape} para {name}",
  "fit.inRow": ", linha {row} dos dados",
  "fit.notFinite":
    "fit: o treino parou antes que algo se perdesse: {operation} em {layer} deu {value}, na época {epoch}, lote {batch}{where}. Os pesos são os do lote anterior. Uma taxa de aprendizado menor, entradas em escala ou clipByGlobalNorm podem ajudar",
  "fit.notFiniteGradient":
    "fit: o treino parou antes que algo se perdesse: {operation} no gradiente de {layer} deu {value}, na época {epoch}, lote {batch}{where}. Os pesos são os do lote anterior. Uma taxa de aprendizado menor, entradas em escala ou clipByGlobalNorm podem ajudar",
  "fit.notFiniteWeights":
    "fit: o treino parou antes que algo se perdesse: {operation} no otimizador deu {value} para {name}, na época {epoch}, lote {batch}. Os pesos são os do lote anterior. Uma taxa de aprendizado menor ou clipByGlobalNorm podem ajudar",
  "fit.notFiniteBackend":
    "fit: o treino parou antes que algo se perdesse: o backend chegou a um valor que não é finito, na época {epoch}, lote {batch}, onde a referência não chega. Os pesos são os do lote anterior. Use backend: 'reference'",
  "study.none": "batchSizeStudy: é preciso ao menos um valor em {name}",
  "study.budget":
    "batchSizeStudy: o orçamento é um número de épocas ou um número de atualizações: { epochs: 5 } ou { updates: 2000 }",
  "study.scale": "batchSizeStudy: scaleLearningRate é false, 'linear' ou 'sqrt', e não {value}",
  "study.batch": "tamanho do lote",
  "study.rate": "taxa de aprendizado",
  "study.seconds": "segundos por época",
  "study.train": "treino %",
  "study.test": "teste %",
  "study.gap": "diferença",
  "study.seeds": "sementes",
  "study.ranAway": "descontrolados",
  "study.epochs": "Cada treino tem {epochs} épocas: quanto maiores os lotes, menos atualizações.",
  "study.updates":
    "Cada treino tem {updates} atualizações: quanto maiores os lotes, mais vezes se aprende com cada linha.",
  "study.rate.same":
    "A taxa de aprendizado é a mesma para todo tamanho de lote, e não precisa convir a cada um.",
  "study.rate.linear": "A taxa de aprendizado cresce com o tamanho do lote.",
  "study.rate.sqrt": "A taxa de aprendizado cresce com a raiz do tamanho do lote.",
  "study.incomplete": "O estudo foi encerrado antes de todos os treinos terminarem.",
  "study.note":
    "Média ± desvio padrão entre as sementes, de uma só rede com um só conjunto de dados: uma diferença que não seja claramente maior que os desvios pode ser acaso.",
  "warning.scale":
    "as entradas vão de {low} a {high}: redes aprendem mal além de ±10. Ponha-as antes em escala: standardize(x), ou uma camada rescaling",
  "warning.dead":
    "{layer}: {percent}% de seus neurônios não se ativaram com nenhuma linha na época {epoch}, e dificilmente voltarão a aprender. Tente leakyRelu, uma taxa de aprendizado menor, ou pesos heUniform()",
  "value.rate": "{op}: {name} deve ser ao menos 0 e menor que 1, e não {value}",

  "number.finite": "{op}: {name} deve ser um número finito, e não {value}",
  "number.positive": "{op}: {name} deve ser um número finito acima de 0, e não {value}",
  "number.notNegative": "{op}: {name} deve ser um número finito não negativo, e não {value}",
  "number.fraction": "{op}: {name} deve ser um número de 0 até 1, sem o 1, e não {value}",
  "option.unknown": "{op}: não existe a opção '{option}'. Existem: {known}",
  "config.unknown": "{op}: não existe '{name}'. Existem: {known}",
  "optimizer.chain":
    "chain: o último deve ser um otimizador, como sgd(0.1), e os anteriores, aquilo por que passam os gradientes, como clipByNorm(1)",
  "schedule.count": "{op}: {boundaries} limites pedem uma taxa a mais do que isso, mas há {rates} taxas",
  "schedule.order": "{op}: os limites devem crescer, mas {boundary} vem depois de um que não é menor",

  "loss.shapes":
    "{loss}: os alvos {targets} não combinam com o resultado {result}, e nada se ajusta por broadcasting.{remedy}",
  "remedy.expandTargets": " Dê também aos alvos o eixo de 1: expandDims(alvos, -1)",
  "remedy.squeezeTargets": " Tire dos alvos o eixo de 1: squeeze(alvos, -1)",
  "remedy.outputs": " Dê à última camada tantos neurônios quantos os alvos de cada observação pedem",
  "remedy.observations": " Deve haver alvos para cada observação",
  "loss.oneOutput":
    "{loss}: uma só saída não distingue classes. Use binaryCrossEntropy(), com sigmoid() por último, ou dê à última camada um neurônio para cada classe",
  "loss.finite": "{loss}: o alvo {value} da observação {row} não é um número finito",
  "loss.label":
    "{loss}: o alvo {value} da observação {row} não é uma classe: as classes são números inteiros de 0 a {last}, um para cada neurônio da última camada",
  "loss.fraction": "{loss}: o alvo {value} da observação {row} deve estar entre 0 e 1",
  "loss.sign":
    "{loss}: o alvo {value} da observação {row} deve ser -1 ou 1. Faça-os de 0 e 1: alvos.multiply(2).subtract(1)",
  "loss.row":
    "{loss}: os alvos da observação {row} somam {sum}, e não 1. Onde várias classes podem valer ao mesmo tempo, use binaryCrossEntropy(), com sigmoid() por último",
  "loss.softmaxTwice":
    "{loss}: o modelo termina com softmax, e esta perda aplica a sua própria ao que recebe. Tire a do modelo, ou use categoricalCrossEntropy()",
  "loss.sigmoidTwice":
    "{loss}: o modelo termina com sigmoid, e esta perda precisa dos valores de antes dela. Tire a sigmoid, ou use binaryCrossEntropy()",
  "loss.sigmoidForSoftmax":
    "{loss}: o modelo termina com sigmoid, cujos valores não precisam somar 1. Use softmax(); ou, onde várias classes podem valer ao mesmo tempo, binaryCrossEntropy()",
  "loss.noSoftmax":
    "{loss}: esta perda precisa de probabilidades, e o modelo termina com valores que não são probabilidades. Ponha softmax() por último, ou use softmaxCrossEntropy()",
  "loss.noSigmoid":
    "{loss}: esta perda precisa de probabilidades, e o modelo termina com valores que não são probabilidades. Ponha sigmoid() por último, ou use binaryCrossEntropy({ fromLogits: true })",
} as const satisfies { readonly [K in keyof typeof en]: string };
