namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that a resource can be in.</summary>
public static class KnownResourceStates
{
    /// <summary>Not started, and nothing is about to start it.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>Waiting for others before it starts.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>Being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>Being prepared and started.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Running; whether it is healthy is another matter.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>What should run it does not work.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>Asked to stop.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>A process that has ended.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>A container that has ended.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>It could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>A parameter without value.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>In use, without being a process.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>States after which nothing more happens.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
