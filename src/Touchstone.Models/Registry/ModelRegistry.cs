using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Models.Cards;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Models.Registry;

/// <summary>
/// The models of a workspace: <c>&lt;name&gt;/&lt;version&gt;/</c>, never changed once written, and aliases (<c>champion</c>) that point at
/// versions. The version is the content's hash, so the same model registered twice is one. Safe from several threads of one process.
/// </summary>
/// <param name="folder">The registry's own folder, e.g. <c>workspace/models</c>; made where it is missing.</param>
/// <param name="timeProvider">Says when a model was registered.</param>
public sealed class ModelRegistry(string folder, TimeProvider timeProvider)
{
    /// <summary>Alias of the model that serves. Popularity is every workspace's first champion.</summary>
    public const string Champion = "champion";

    private const string AliasesFile = "aliases.json";
    private const string IncomingPrefix = ".incoming-";

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly Lock _aliasLock = new();

    /// <summary>Writes a model into a folder of its own and renames it into place.</summary>
    /// <param name="name">Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="writeFolder">Writes the model's files into the empty folder that it is given.</param>
    /// <param name="card">What is known of it; name, version, time and size are filled in here.</param>
    /// <returns>The new version, or the old one of the same content with its old card.</returns>
    /// <exception cref="RegistryException">An unusable name, or nothing was written.</exception>
    public RegisteredModel Register(string name, Action<string> writeFolder, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(writeFolder);
        ArgumentNullException.ThrowIfNull(card);
        CheckName(name, "model");
        var incoming = Path.Combine(folder, $"{IncomingPrefix}{Guid.NewGuid():N}");
        Directory.CreateDirectory(incoming);
        try
        {
            writeFolder(incoming);
            var (hashes, bytes) = FolderChecksums.Of(incoming);
            if (hashes.Count == 0) throw new RegistryException($"{name}: no file was written; a model without content cannot be registered.");
            var version = FolderChecksums.VersionOf(hashes);
            var final = FolderOf(name, version);
            if (!Directory.Exists(final))
            {
                var whole = card with { Name = name, Version = version, Created = timeProvider.GetUtcNow(), Bytes = bytes };
                AtomicFile.Write(Path.Combine(incoming, FolderChecksums.FileName), FolderChecksums.Print(hashes));
                AtomicFile.Write(Path.Combine(incoming, ModelCard.FileName), whole.ToJson());
                Directory.CreateDirectory(Path.Combine(folder, name));
                try
                {
                    Directory.Move(incoming, final);
                }
                catch (IOException) when (Directory.Exists(final))
                {
                    // Another registered the same content meanwhile.
                }
            }

            return Open(name, version);
        }
        finally
        {
            if (Directory.Exists(incoming)) Directory.Delete(incoming, recursive: true);
        }
    }

    /// <summary>Opens a version after comparing its files with their checksums.</summary>
    /// <exception cref="RegistryException">There is no such version, or a file is missing, changed or surplus (names it).</exception>
    public RegisteredModel Open(string name, string version)
    {
        CheckName(name, "model");
        CheckName(version, "version");
        var path = FolderOf(name, version);
        if (!Directory.Exists(path))
        {
            var known = List().Where(model => model.Name == name).Select(model => model.Version).ToArray();
            throw new RegistryException(known.Length == 0
                ? $"{folder}: there is no model \"{name}\"; train it first."
                : $"{folder}: model \"{name}\" has no version {version}; it has {string.Join(", ", known)}.");
        }

        FolderChecksums.Verify(path, version);
        try
        {
            return new RegisteredModel(name, version, path, ModelCard.Read(path));
        }
        catch (CheckpointException cause)
        {
            throw new RegistryException(cause.Message, cause);
        }
    }

    /// <summary>All versions, by name and version (ordinal), without reading them.</summary>
    public IReadOnlyList<ModelReference> List()
    {
        if (!Directory.Exists(folder)) return [];
        return
        [
            .. from model in Directory.EnumerateDirectories(folder)
               let name = Path.GetFileName(model)
               where !name.StartsWith('.')
               orderby name
               from version in Directory.EnumerateDirectories(model).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
               select new ModelReference(name, version),
        ];
    }

    /// <summary>Adds what a version reached to its card; a metric of the same name is replaced.</summary>
    /// <exception cref="RegistryException">As <see cref="Open"/>.</exception>
    public RegisteredModel AddMetrics(string name, string version, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var model = Open(name, version);
        var all = new SortedDictionary<string, double>(model.Card.Metrics, StringComparer.Ordinal);
        foreach (var (metric, value) in metrics) all[metric] = value;
        var card = model.Card with { Metrics = all };
        AtomicFile.Write(Path.Combine(model.Folder, ModelCard.FileName), card.ToJson());
        return model with { Card = card };
    }

    /// <summary>Points an alias at a version.</summary>
    /// <exception cref="RegistryException">As <see cref="Open"/>, or an unusable alias.</exception>
    public void SetAlias(string alias, string name, string version)
    {
        CheckName(alias, "alias");
        Open(name, version);
        lock (_aliasLock)
        {
            var aliases = new SortedDictionary<string, ModelReference>(ReadAliases(), StringComparer.Ordinal) { [alias] = new ModelReference(name, version) };
            AtomicFile.Write(Path.Combine(folder, AliasesFile), JsonSerializer.Serialize(aliases, Form) + "\n");
        }
    }

    /// <summary>Aliases and what they point at, by alias (ordinal).</summary>
    public IReadOnlyDictionary<string, ModelReference> Aliases() => ReadAliases();

    /// <summary>Opens what an alias points at.</summary>
    /// <exception cref="RegistryException">There is no such alias, or as <see cref="Open"/>.</exception>
    public RegisteredModel Resolve(string alias)
    {
        var aliases = ReadAliases();
        return aliases.TryGetValue(alias, out var model)
            ? Open(model.Name, model.Version)
            : throw new RegistryException($"{folder}: there is no alias \"{alias}\"; {(aliases.Count == 0 ? "none was set yet" : $"there are: {string.Join(", ", aliases.Keys)}")}.");
    }

    private SortedDictionary<string, ModelReference> ReadAliases()
    {
        var path = Path.Combine(folder, AliasesFile);
        if (!File.Exists(path)) return new(StringComparer.Ordinal);
        try
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, ModelReference>>(File.ReadAllBytes(path), Form) ?? [], StringComparer.Ordinal);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RegistryException($"{path}: cannot be read: {cause.Message}. Set the aliases again.", cause);
        }
    }

    private string FolderOf(string name, string version) => Path.Combine(folder, name, version);

    private static void CheckName(string name, string what)
    {
        if (string.IsNullOrEmpty(name) || name[0] == '.' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new RegistryException($"The {what} name \"{name}\" is not usable; write letters, digits, - _ and ., not beginning with a point.");
    }
}
