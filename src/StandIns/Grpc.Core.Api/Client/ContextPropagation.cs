namespace Grpc.Core;

/// <summary>What a call made inside a server call takes over from it.</summary>
/// <param name="propagateDeadline">Whether it takes over the deadline.</param>
/// <param name="propagateCancellation">Whether it takes over the cancellation.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Whether the deadline is taken over.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether the cancellation is taken over.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}

/// <summary>Stands for a server call, for calls that are made inside it.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
