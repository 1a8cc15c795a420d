using Touchstone.Models.Cards;
using Touchstone.Models.Registry;

namespace Touchstone.Tests.Models.Registry;

public sealed class ModelRegistryTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;

    public ModelRegistryTests() => _registry = new ModelRegistry(_folder.Path, new StandingClock());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_registered_model_opens_with_its_card()
    {
        var card = new ModelCard
        {
            ModelType = "popularity",
            DataHash = "abc",
            Options = new(StringComparer.Ordinal) { ["window_days"] = "30" },
            Seed = ulong.MaxValue,
            Threads = 2,
            TrainingRows = 7,
            TrainSeconds = 0.5,
        };
        var model = _registry.Register("popularity", Write("one"), card);
        var opened = _registry.Open("popularity", model.Version);
        Assert.Matches("^[0-9a-f]{12}$", model.Version);
        Assert.Equal(Path.Combine(_folder.Path, "popularity", model.Version), opened.Folder);
        Assert.Equal("one", File.ReadAllText(Path.Combine(opened.Folder, "nested", "model.bin")));
        Assert.Equal((card with { Name = "popularity", Version = model.Version, Created = Now, Bytes = 5 }).ToJson(), opened.Card.ToJson());
        Assert.Equal([new ModelReference("popularity", model.Version)], _registry.List());
    }

    [Fact]
    public void The_same_content_is_the_same_version_and_other_content_another()
    {
        var first = Register("one");
        Assert.Equal(first, Register("one"));
        Assert.NotEqual(first, Register("two"));
        Assert.Equal(2, _registry.List().Count);
        Assert.Empty(Directory.EnumerateDirectories(_folder.Path, ".*"));

        string Register(string content) => _registry.Register("m", Write(content), new ModelCard { ModelType = "t" }).Version;
    }

    [Fact]
    public void A_changed_missing_or_surplus_file_is_named()
    {
        var model = _registry.Register("m", Write("one"), new ModelCard { ModelType = "t" });
        var file = Path.Combine(model.Folder, "nested", "model.bin");
        File.WriteAllText(file, "uno");
        Assert.Equal($"{Path.Combine(model.Folder, "nested/model.bin")}: was changed after it was registered. Train and register the model again.", Fails());
        File.Delete(file);
        Assert.Equal($"{Path.Combine(model.Folder, "nested/model.bin")}: is missing. Train and register the model again.", Fails());
        File.WriteAllText(file, "one");
        File.WriteAllText(Path.Combine(model.Folder, "extra"), "");
        Assert.Equal($"{Path.Combine(model.Folder, "extra")}: was not registered. Remove it.", Fails());

        string Fails() => Assert.Throws<RegistryException>(() => _registry.Open("m", model.Version)).Message;
    }

    [Fact]
    public void Unknown_models_and_versions_are_refused_with_what_there_is()
    {
        var model = _registry.Register("m", Write("one"), new ModelCard { ModelType = "t" });
        Assert.Equal($"{_folder.Path}: model \"m\" has no version 000; it has {model.Version}.", Assert.Throws<RegistryException>(() => _registry.Open("m", "000")).Message);
        Assert.Equal($"{_folder.Path}: there is no model \"n\"; train it first.", Assert.Throws<RegistryException>(() => _registry.Open("n", "000")).Message);
        Assert.Equal($"{_folder.Path}: there is no alias \"champion\"; none was set yet.", Assert.Throws<RegistryException>(() => _registry.Resolve(ModelRegistry.Champion)).Message);
        Assert.Equal("The model name \"../m\" is not usable; write letters, digits, - _ and ., not beginning with a point.", Assert.Throws<RegistryException>(() => _registry.Open("../m", "000")).Message);
    }

    [Fact]
    public void An_alias_moves_from_version_to_version()
    {
        var first = _registry.Register("m", Write("one"), new ModelCard { ModelType = "t" });
        var second = _registry.Register("m", Write("two"), new ModelCard { ModelType = "t" });
        _registry.SetAlias(ModelRegistry.Champion, "m", first.Version);
        Assert.Equal(first.Version, _registry.Resolve("champion").Version);
        _registry.SetAlias(ModelRegistry.Champion, "m", second.Version);
        Assert.Equal(second.Version, new ModelRegistry(_folder.Path, new StandingClock()).Resolve("champion").Version);
        Assert.Throws<RegistryException>(() => _registry.SetAlias("champion", "m", "000"));
        Assert.Equal(["champion"], _registry.Aliases().Keys);
    }

    [Fact]
    public void Metrics_are_added_to_the_card_without_touching_the_version()
    {
        var model = _registry.Register("m", Write("one"), new ModelCard { ModelType = "t" });
        _registry.AddMetrics("m", model.Version, new Dictionary<string, double> { ["test/ndcg@10"] = 0.05 });
        _registry.AddMetrics("m", model.Version, new Dictionary<string, double> { ["validation/ndcg@10"] = 0.06 });
        Assert.Equal(["test/ndcg@10", "validation/ndcg@10"], _registry.Open("m", model.Version).Card.Metrics.Keys);
    }

    [Fact]
    public void A_failed_registration_leaves_nothing_behind()
    {
        Assert.Throws<InvalidOperationException>(() => _registry.Register("m", _ => throw new InvalidOperationException(), new ModelCard { ModelType = "t" }));
        Assert.Throws<RegistryException>(() => _registry.Register("m", _ => { }, new ModelCard { ModelType = "t" }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static Action<string> Write(string content) => folder =>
    {
        Directory.CreateDirectory(Path.Combine(folder, "nested"));
        File.WriteAllText(Path.Combine(folder, "nested", "model.bin"), content);
        File.WriteAllText(Path.Combine(folder, "a"), "aa");
    };

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
