namespace Grpc.Core;

/// <summary>The kinds of ending of a call, with their numbers on the wire.</summary>
/// <seealso href="https://github.com/grpc/grpc/blob/master/doc/statuscodes.md"/>
public enum StatusCode
{
    /// <summary>It succeeded.</summary>
    OK = 0,

    /// <summary>The caller cancelled it.</summary>
    Cancelled = 1,

    /// <summary>An error without a kind.</summary>
    Unknown = 2,

    /// <summary>The request is wrong, whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline came first.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there.</summary>
    NotFound = 5,

    /// <summary>What should be created is there.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>Something ran out: a quota, memory, space.</summary>
    ResourceExhausted = 8,

    /// <summary>The state of the system does not allow it.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with another operation.</summary>
    Aborted = 10,

    /// <summary>Past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The server has no such method.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the system is broken.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached now; trying again may help.</summary>
    Unavailable = 14,

    /// <summary>Data are lost or damaged.</summary>
    DataLoss = 15,

    /// <summary>The caller is not authenticated.</summary>
    Unauthenticated = 16,
}
