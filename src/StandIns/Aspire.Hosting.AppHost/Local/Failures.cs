using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>
/// What happens when a resource cannot be started: everybody sees why, and the application stops. A test decides that for
/// itself: there the exception of its wait says why.
/// </summary>
internal sealed class Failures(LocalState state, IHostApplicationLifetime lifetime, ILogger<Failures> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IResource, string> _reasons = [];
    private IReadOnlyList<ResourceRunner> _runners = [];

    /// <summary>Whether the application stops because of a failure.</summary>
    public bool AreFatal { get; private set; }

    public void Follow(IReadOnlyList<ResourceRunner> runners) => _runners = runners;

    public void Add(ResourceRunner runner, string reason)
    {
        lock (_lock)
        {
            _reasons.TryAdd(runner.Resource, reason);
            if (AreFatal)
            {
                return; // What fails now fails because the first one did, or because everything stops.
            }

            // A container that only lacks its runtime takes along what waits for it, and nothing else.
            AreFatal = !state.Disposable && !_runners.OfType<MissingRuntimeRunner>().Any();
        }

        logger.ResourceFailed(runner.Resource.Name, reason, LastLines(runner));
        if (AreFatal)
        {
            logger.StopsAfterFailure(runner.Resource.Name);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    /// <summary>What is known about a resource, for the message of an exception.</summary>
    public string Explain(string resourceName, ResourceNotificationService notifications)
    {
        var runner = _runners.FirstOrDefault(r => string.Equals(r.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase));
        if (runner is null)
        {
            return "";
        }

        var states = runner.Ids.Select(id => notifications.TryGetCurrentState(id, out var known) ? ResourceDescription.Of(known.Snapshot) : "unknown");
        var waitsFor = string.Join("; ", runner.Waiter.Outstanding);
        lock (_lock)
        {
            return $"Its state: {string.Join(", ", states.Distinct())}."
                + (_reasons.TryGetValue(runner.Resource, out var reason) ? $" It failed: {reason}." : "")
                + (waitsFor.Length > 0 ? $" It waits for {waitsFor}." : "")
                + LastLines(runner);
        }
    }

    private static string LastLines(ResourceRunner runner) => string.Join("\n    ", runner.LastLines) is { Length: > 0 } lines
        ? $". Its last lines:\n    {lines}"
        : "";
}
