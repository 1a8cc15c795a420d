using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Models.Checkpoints;

/// <summary>
/// The tensors of a BERT checkpoint, checked against its configuration once, for training and serving alike: none missing, none of
/// another shape or type, none that nobody asked for.
/// </summary>
public sealed class BertWeights
{
    /// <summary>File of the weights in a model folder.</summary>
    public const string FileName = "model.safetensors";

    private const string Prefix = "bert.";

    private readonly Dictionary<string, NamedTensor> _tensors;

    private BertWeights(BertConfiguration configuration, BertArchitecture architecture, Dictionary<string, NamedTensor> tensors) =>
        (Configuration, Architecture, _tensors) = (configuration, architecture, tensors);

    /// <summary>The shape of the network.</summary>
    public BertConfiguration Configuration { get; }

    /// <summary>What stands on top of it.</summary>
    public BertArchitecture Architecture { get; }

    /// <summary>The tensors that are there, in the order of the network, under their names without <c>bert.</c>.</summary>
    public IEnumerable<KeyValuePair<string, NamedTensor>> Tensors =>
        BertParameter.Of(Configuration, Architecture).Where(parameter => _tensors.ContainsKey(parameter.Name)).Select(parameter => KeyValuePair.Create(parameter.Name, _tensors[parameter.Name]));

    /// <summary>The tensor of a parameter, by Hugging Face's name without <c>bert.</c>; single precision, of the shape that the configuration says.</summary>
    /// <exception cref="KeyNotFoundException">No parameter of this architecture, or an optional one that is not there.</exception>
    public NamedTensor this[string name] => _tensors[name];

    /// <summary>Whether an optional tensor is there.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out NamedTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>Reads <c>config.json</c> and <c>model.safetensors</c> of a Hugging Face folder.</summary>
    /// <exception cref="CheckpointException">A file is missing, malformed or cut off, or a tensor does not fit (names it).</exception>
    public static BertWeights Read(string folder, BertArchitecture architecture)
    {
        var configuration = BertConfiguration.Read(folder);
        return From(Safetensors.Read(Path.Combine(folder, FileName)), configuration, architecture);
    }

    /// <summary>Checks a checkpoint. Names may carry the prefix <c>bert.</c>, and <c>LayerNorm.gamma</c> and <c>beta</c> stand for weight and bias.</summary>
    /// <exception cref="CheckpointException">A tensor is missing, surplus, there twice, or of another shape or type (names it, what is expected, and the remedy).</exception>
    public static BertWeights From(Checkpoint checkpoint, BertConfiguration configuration, BertArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(configuration);
        var parameters = BertParameter.Of(configuration, architecture).ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var tensors = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
        foreach (var tensor in checkpoint.Tensors)
        {
            var name = Canonical(tensor.Name);
            if (!parameters.TryGetValue(name, out var parameter))
            {
                if (IsKnownSurplus(name, architecture)) continue;
                throw checkpoint.Malformed($"tensor \"{tensor.Name}\" {NamedTensor.Text(tensor.Shape)} belongs to no part of a {Title(architecture)} with {configuration.LayerCount} layers; remove it, or correct {BertConfiguration.FileName}.");
            }

            if (tensor.Type != TensorType.F32)
                throw checkpoint.Malformed($"tensor \"{tensor.Name}\" holds {tensor.Type}; expected {TensorType.F32}. Write the checkpoint again in single precision.");
            if (!tensor.Shape.SequenceEqual(parameter.Shape))
                throw checkpoint.Malformed($"tensor \"{tensor.Name}\" has shape {NamedTensor.Text(tensor.Shape)}; expected {NamedTensor.Text(parameter.Shape)} by {BertConfiguration.FileName}. Use the {BertConfiguration.FileName} that was written with this checkpoint.");
            if (!tensors.TryAdd(name, tensor))
                throw checkpoint.Malformed($"tensor \"{name}\" is there twice, with and without \"{Prefix}\"; keep one of them.");
        }

        foreach (var parameter in parameters.Values)
        {
            if (parameter.IsRequired && !tensors.ContainsKey(parameter.Name))
                throw checkpoint.Malformed($"tensor \"{parameter.Name}\" {NamedTensor.Text(parameter.Shape)} is missing from a {Title(architecture)}; use a checkpoint of that kind, or the {BertConfiguration.FileName} that was written with this one.");
        }

        return new BertWeights(configuration, architecture, tensors);
    }

    /// <summary>Refuses a vocabulary with ids that have no row in the word embeddings; rows without a token are allowed, as networks pad them.</summary>
    /// <param name="folder">The model folder, for the error.</param>
    /// <param name="tokenCount">Tokens of its <c>vocab.txt</c>.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <exception cref="CheckpointException">There are more tokens than rows (names both).</exception>
    public static void RequireVocabulary(string folder, int tokenCount, BertConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (tokenCount > configuration.VocabularySize)
            throw new CheckpointException($"{folder}: vocab.txt has {tokenCount} tokens, but vocab_size in {BertConfiguration.FileName} is {configuration.VocabularySize}: the vocabulary does not fit the word embeddings. Put the vocab.txt beside the model that it was trained with.");
    }

    private static string Canonical(string name)
    {
        var bare = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        if (bare.EndsWith("LayerNorm.gamma", StringComparison.Ordinal)) return bare[..^"gamma".Length] + "weight";
        return bare.EndsWith("LayerNorm.beta", StringComparison.Ordinal) ? bare[..^"beta".Length] + "bias" : bare;
    }

    private static bool IsKnownSurplus(string name, BertArchitecture architecture) =>
        name == "embeddings.position_ids"
        || (architecture != BertArchitecture.Pretraining && name.StartsWith("cls.", StringComparison.Ordinal))
        || (architecture == BertArchitecture.Encoder && name.StartsWith("classifier.", StringComparison.Ordinal));

    private static string Title(BertArchitecture architecture) => architecture switch
    {
        BertArchitecture.Encoder => "BERT encoder",
        BertArchitecture.PairClassifier => "BERT pair classifier",
        BertArchitecture.Pretraining => "BERT with its pretraining heads",
        _ => throw new ArgumentOutOfRangeException(nameof(architecture), architecture, "Unknown architecture."),
    };
}
