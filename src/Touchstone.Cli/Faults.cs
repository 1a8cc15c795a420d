using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Data.Splits;
using Touchstone.Data.Warehouse;
using Touchstone.Evaluation.Experiments;
using Touchstone.Learning;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Registry;
using Touchstone.Recommendation;
using Touchstone.Search;

namespace Touchstone.Cli;

/// <summary>Which exceptions are trouble with data, configuration or disk: told in their own words, without a stack trace.</summary>
internal static class Faults
{
    /// <summary>Whether the message stands for itself.</summary>
    public static bool IsExpected(Exception fault) => fault
        is ConfigurationException or SourceException or SegmentException or SplitException or LeakageException or WarehouseException
        or CheckpointException or RegistryException or OptionException or TrainingDataException or TrainingOptionException or TrainingCorpusException
        or TrainingDivergedException or LibTorchUnavailableException or SearchRequestException or SearchIndexException or ExperimentPlanException or InvalidDataException;
}
