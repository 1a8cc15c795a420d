using System.Text.Json.Serialization;

namespace Touchstone.Data.Configuration;

/// <summary>What shop.yaml says, with defaults for all that it leaves out. Immutable; vary it by <c>with</c>.</summary>
public sealed record ShopConfiguration
{
    /// <summary>Full path of the file; relative paths are relative to its folder.</summary>
    [JsonIgnore]
    public string FilePath { get; init; } = "";

    /// <summary>Version of the form of shop.yaml.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Name of the shop, as reports show it.</summary>
    public string Shop { get; init; } = "shop";

    /// <summary>Key of the storefront.</summary>
    public string Site { get; init; } = "default";

    /// <summary>Language of the texts, BCP 47.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>ISO 4217 code of all amounts; empty = none known, so no money verdict.</summary>
    public string Currency { get; init; } = "";

    /// <summary>IANA zone of times that state no offset.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Seed of all chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that a stage may use.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Where products are.</summary>
    public IReadOnlyList<SourceDefinition> Catalogue { get; init; } = [];

    /// <summary>Where behaviour is.</summary>
    public IReadOnlyList<SourceDefinition> Events { get; init; } = [];

    /// <summary>What happens to ids of persons.</summary>
    public PrivacyConfiguration Privacy { get; init; } = new();

    /// <summary>Cleaning rules that shop.yaml switches or sets, in its order.</summary>
    public IReadOnlyList<OptionSet> Cleaning { get; init; } = [];

    /// <summary>How rows are kept apart for judging.</summary>
    public SplitConfiguration Split { get; init; } = new();

    /// <summary>Models to train, in order; the first champion is popularity whatever the list says.</summary>
    public IReadOnlyList<OptionSet> Models { get; init; } = [.. DefaultModels.Select(name => new OptionSet { Name = name })];

    /// <summary>What is measured.</summary>
    public EvaluateConfiguration Evaluate { get; init; } = new();

    /// <summary>What things are worth.</summary>
    public MoneyConfiguration Money { get; init; } = new();

    /// <summary>What a model may not break.</summary>
    public GuardrailConfiguration Guardrails { get; init; } = new();

    /// <summary>How products are searched.</summary>
    public SearchConfiguration Search { get; init; } = new();

    /// <summary>Models that are trained where shop.yaml names none.</summary>
    [JsonIgnore]
    public static IReadOnlyList<string> DefaultModels { get; } = ["popularity", "item-knn", "cooccurrence", "vsknn", "content", "ease"];

    /// <summary>Folder that relative paths are relative to.</summary>
    [JsonIgnore]
    public string Folder => Path.GetDirectoryName(FilePath) is { Length: > 0 } folder ? folder : Directory.GetCurrentDirectory();

    /// <summary>Name of the file, as messages show it.</summary>
    [JsonIgnore]
    public string FileName => FilePath.Length == 0 ? "shop.yaml" : Path.GetFileName(FilePath);

    /// <summary>The name of a rule in <see cref="Cleaning"/>, or null where shop.yaml says nothing of it.</summary>
    public OptionSet? CleaningRule(string name) => Cleaning.FirstOrDefault(rule => rule.Name == name);

    /// <summary>Full path of a path as shop.yaml writes it.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Folder);

    /// <summary>Canonical text of all settings, for hashing; <see cref="CanonicalJson.Of"/> gives that of one section.</summary>
    public string ToCanonicalJson() => CanonicalJson.Of(this);

    /// <summary>Reads shop.yaml.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">No such file, or a fault in it (says line and remedy).</exception>
    public static ShopConfiguration Load(string path) => Load(path, Environment.GetEnvironmentVariable);

    /// <summary>Reads shop.yaml with a given environment for <c>${NAME:-default}</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="environment">Name → value, or null where unset.</param>
    /// <exception cref="ConfigurationException">No such file, or a fault in it (says line and remedy).</exception>
    public static ShopConfiguration Load(string path, Func<string, string?> environment)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new ConfigurationException(path, 0, File.Exists(Path.Combine(full, "shop.yaml")) ? $"is a folder; did you mean {Path.Combine(path, "shop.yaml")}?" : "is a folder; name its shop.yaml, or let `touchstone init FOLDER` write one.");
        if (!File.Exists(full))
            throw new ConfigurationException(path, 0, "is not there; `touchstone init FOLDER` writes one for the files of a folder.");
        return Parse(File.ReadAllText(full), full, environment);
    }

    /// <summary>Reads the text of a shop.yaml that stands, or will stand, at <paramref name="path"/>.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="path">Where it belongs: its name is shown in messages, its folder is the base of relative paths.</param>
    /// <param name="environment">Name → value, or null where unset.</param>
    /// <exception cref="ConfigurationException">A fault in the text (says line and remedy).</exception>
    public static ShopConfiguration Parse(string yaml, string path, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(environment);
        return ShopYaml.Read(yaml, Path.GetFullPath(path), environment);
    }
}
