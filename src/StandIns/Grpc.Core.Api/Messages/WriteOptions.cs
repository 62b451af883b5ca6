namespace Grpc.Core;

/// <summary>How to write a message.</summary>
/// <param name="flags">What applies.</param>
public class WriteOptions(WriteFlags flags = default)
{
    /// <summary>Nothing special.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>What applies.</summary>
    public WriteFlags Flags { get; } = flags;
}

/// <summary>What may apply to the writing of a message.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in a buffer for the next one.</summary>
    BufferHint = 1,

    /// <summary>The message is not compressed, although the call is.</summary>
    NoCompress = 2,
}
