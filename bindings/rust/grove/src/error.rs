//! Why a call fails.
use grove_sys as sys;
use std::ffi::CStr;
use std::fmt;
use std::os::raw::c_char;

/// How a call ended; the numbers are those of gRPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    InvalidArgument,
    NotFound,
    ResourceExhausted,
    FailedPrecondition,
    OutOfRange,
    Unimplemented,
    Internal,
    /// What a later library returns.
    Other(u32),
}

impl From<u32> for Status {
    fn from(code: u32) -> Self {
        match code {
            3 => Status::InvalidArgument,
            5 => Status::NotFound,
            8 => Status::ResourceExhausted,
            9 => Status::FailedPrecondition,
            11 => Status::OutOfRange,
            12 => Status::Unimplemented,
            13 => Status::Internal,
            other => Status::Other(other),
        }
    }
}

/// Why a call failed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    pub status: Status,
    /// One line for a person.
    pub message: String,
    /// Parameter at fault: "manifest"; empty if no single one is.
    pub argument: String,
    /// Field at fault: "spec.template.cliques[0].name"; empty if none is.
    pub path: String,
    /// Counted from 1; 0 if unknown.
    pub line: u32,
    /// In bytes, counted from 1; 0 if unknown.
    pub column: u32,
    /// All findings behind a failed precondition, as JSON; empty if there are none.
    pub report: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.argument.is_empty() {
            write!(f, "{}", self.argument)?;
            if self.line != 0 {
                write!(f, ":{}:{}", self.line, self.column)?;
            }
            write!(f, ": ")?;
        }
        if !self.path.is_empty() && !self.message.contains(&self.path) {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.message)
    }
}

impl std::error::Error for Error {}

/// # Safety
/// `text` is NUL-terminated and lives during the call.
pub(crate) unsafe fn text(text: *const c_char) -> String {
    CStr::from_ptr(text).to_string_lossy().into_owned()
}

impl Error {
    /// # Safety
    /// `error` is what a call gave, and is given up.
    pub(crate) unsafe fn take(error: *mut sys::grove_error) -> Self {
        let told = &*error;
        let out = Error {
            status: told.status.into(),
            message: text(told.message),
            argument: text(told.argument),
            path: text(told.path),
            line: told.line,
            column: told.column,
            report: text(told.report),
        };
        sys::grove_error_free(error);
        out
    }
}
