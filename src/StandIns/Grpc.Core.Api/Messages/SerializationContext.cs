using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message is written to; a transport derives from it and overrides what it offers.</summary>
public abstract class SerializationContext
{
    /// <summary>The whole message.</summary>
    /// <param name="payload">Its bytes.</param>
    /// <exception cref="NotSupportedException">The transport does not take arrays.</exception>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException("This transport does not take arrays.");

    /// <summary>A buffer to write the message to; <see cref="Complete()"/> ends it.</summary>
    /// <exception cref="NotSupportedException">The transport has no buffer.</exception>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException("This transport has no buffer.");

    /// <summary>Announces the length, so that the transport need not collect the message first.</summary>
    /// <param name="payloadLength">Bytes of the message.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends the message in the buffer.</summary>
    /// <exception cref="NotSupportedException">The transport has no buffer.</exception>
    public virtual void Complete() => throw new NotSupportedException("This transport has no buffer.");
}

/// <summary>Where a message is read from; a transport derives from it and overrides what it offers.</summary>
public abstract class DeserializationContext
{
    /// <summary>Bytes of the message.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The whole message in an array of its own.</summary>
    /// <exception cref="NotSupportedException">The transport does not give arrays.</exception>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotSupportedException("This transport does not give arrays.");

    /// <summary>The message in the transport's own memory, for the time of the call.</summary>
    /// <exception cref="NotSupportedException">The transport does not lend its memory.</exception>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() =>
        throw new NotSupportedException("This transport does not lend its memory.");
}
