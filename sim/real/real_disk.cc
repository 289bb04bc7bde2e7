// tidy: allow-file(shared-ptr) what a thread works on may outlive its task
#include "reprise/sim/real/real_disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/real/disk_error.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/file_calls.h"
#include "reprise/sim/real/file_content.h"
#include "reprise/sim/real/file_descriptor.h"
#include "reprise/sim/real/file_name.h"
#include "reprise/sim/real/pending_size.h"
#include "reprise/sim/real/unwinding.h"

namespace reprise {
namespace {

constexpr const char* kLockName = ".lock";

std::string FileNameOfValid(std::string_view name) {
  REPRISE_CHECK(!name.empty() && name.find('/') == std::string_view::npos,
                "not a name for a file: \"", ToAbsl(name), "\"");
  return FileNameOf(name);
}

absl::Status NoFile(std::string_view name) {
  return absl::NotFoundError(absl::StrCat("no file ", ToAbsl(name)));
}

// Of a call on the file `name`, which must be there.
absl::Status ChangeError(std::string_view name, int error) {
  if (error == ENOENT || error == ENAMETOOLONG) return NoFile(name);
  return WriteError(absl::StrCat("the file ", ToAbsl(name)), error);
}

absl::Status CheckLength(std::string_view name, std::string_view file_name) {
  if (file_name.size() <= NAME_MAX) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("a file's name is too long, it may have ", NAME_MAX,
                   " bytes: ", ToAbsl(name)));
}

absl::Status FolderError(const std::filesystem::path& folder,
                         std::string_view what, int error) {
  return absl::UnavailableError(
      absl::StrCat("the folder ", folder.string(), " ", ToAbsl(what), ": ",
                   std::generic_category().message(error)));
}

// Makes it where it is missing.
absl::StatusOr<FileDescriptor> OpenFolder(const std::filesystem::path& path,
                                          const FileCalls& calls) {
  const bool is_new = mkdir(path.c_str(), 0777) == 0;
  if (!is_new && errno == ENOENT) {
    return absl::NotFoundError(absl::StrCat(
        "the folder ", path.string(),
        " cannot be made: the folder that is to hold it does not exist"));
  }
  if (!is_new && errno != EEXIST) {
    return FolderError(path, "cannot be made", errno);
  }
  FileDescriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.IsOpen()) return FolderError(path, "cannot be opened", errno);
  if (!is_new) return folder;
  const FileDescriptor parent(
      openat(folder.get(), "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const int error = parent.IsOpen() ? SyncAll(calls, parent.get()) : errno;
  if (error != 0) return FolderError(path, "cannot be made durable", error);
  return folder;
}

absl::StatusOr<FileDescriptor> LockFolder(const std::filesystem::path& path,
                                          int folder) {
  FileDescriptor lock(
      openat(folder, kLockName, O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!lock.IsOpen()) return FolderError(path, "cannot be locked", errno);
  if (flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return FolderError(path, "cannot be locked", errno);
  return absl::FailedPreconditionError(absl::StrCat(
      "the folder ", path.string(),
      " is in use by another disk; each process needs a folder of its own"));
}

// A file that was found or made.
struct Found {
  FileDescriptor file;
  ino_t number = 0;
  uint64_t size = 0;
};

absl::StatusOr<std::shared_ptr<Found>> Find(int folder, std::string_view name,
                                            const std::string& file_name,
                                            OpenMode mode) {
  const bool creates = mode == OpenMode::kCreate;
  // Nothing that is in place of a file is waited for or followed.
  const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  const auto found = std::make_shared<Found>();
  found->file = FileDescriptor(openat(folder, file_name.c_str(),
                                      creates ? flags | O_CREAT : flags, 0666));
  if (!found->file.IsOpen()) return ChangeError(name, errno);
  struct stat status = {};
  if (fstat(found->file.get(), &status) != 0) return ChangeError(name, errno);
  if (!S_ISREG(status.st_mode)) return ChangeError(name, EINVAL);
  found->number = status.st_ino;
  found->size = static_cast<uint64_t>(status.st_size);
  return found;
}

bool IsRegular(int folder, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_REG;
  struct stat status = {};
  return fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISREG(status.st_mode);
}

absl::StatusOr<std::vector<std::string>> ListFolder(int folder) {
  FileDescriptor own(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!own.IsOpen()) return ReadError("the folder", errno);
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(own.get()),
                                                    closedir);
  if (entries == nullptr) return ReadError("the folder", errno);
  own.Release();
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(entries.get());
    if (entry == nullptr) break;
    const std::optional<std::string> name = NameOfFile(entry->d_name);
    if (name.has_value() && IsRegular(folder, *entry)) names.push_back(*name);
  }
  if (errno != 0) return ReadError("the folder", errno);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

// Used by the helping thread.
struct RealDisk::Folder {
  FileDescriptor file;
  FileDescriptor lock;
  int sync_error = 0;  // As errno, of the sync that failed; 0: none has.
};

// A file that is open, maybe several times.
struct RealDisk::Content {
  Content(const FileCalls& calls, Found found)
      : number(found.number),
        stored(calls, std::move(found.file), found.size),
        pending(found.size) {}

  const ino_t number;
  FileContent stored;   // Used by the helping thread.
  PendingSize pending;  // Used by the loop's.
};

class RealDisk::OpenFile final : public File {
 public:
  OpenFile(RealDisk& disk, std::shared_ptr<Content> content)
      : disk_(disk), content_(std::move(content)) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    return disk_.worker_.Run([content = content_, offset, length] {
      return content->stored.Read(offset, length);
    });
  }
  absl::Status Write(uint64_t offset, std::string_view bytes) override {
    uint64_t end = 0;
    if (__builtin_add_overflow(offset, bytes.size(), &end) ||
        end > FileContent::kSizeMax) {
      return WriteError("the file cannot be written", EFBIG);
    }
    if (bytes.empty()) end = 0;
    return Change({SizeChange::Kind::kWrite, end},
                  [offset, text = std::string(bytes)](FileContent& stored) {
                    return stored.Write(offset, text);
                  });
  }
  absl::Status Append(std::string_view bytes) override {
    return Change({SizeChange::Kind::kAppend, bytes.size()},
                  [text = std::string(bytes)](FileContent& stored) {
                    return stored.Append(text);
                  });
  }
  absl::Status Truncate(uint64_t size) override {
    if (size > FileContent::kSizeMax) {
      return WriteError("the file cannot be extended", EFBIG);
    }
    return Change({SizeChange::Kind::kCut, size}, [size](FileContent& stored) {
      return stored.Truncate(size);
    });
  }
  absl::Status Sync() override {
    return disk_.worker_.Run(
        [content = content_] { return content->stored.Sync(); },
        [disk = &disk_, content = content_](const absl::Status& status) {
          if (!status.ok()) disk->failed_[content->number] = content;
        });
  }
  uint64_t Size() const override { return content_->pending.size(); }

 private:
  template <typename Function>
  absl::Status Change(SizeChange change, Function function) {
    if (IsUnwinding()) return Unwinding();
    content_->pending.Begin(change);
    const auto size = std::make_shared<uint64_t>();
    return disk_.worker_.Run(
        [content = content_, function = std::move(function), size] {
          const absl::Status status = function(content->stored);
          *size = content->stored.size();
          return status;
        },
        [content = content_, size](const absl::Status&) {
          content->pending.End(*size);
        });
  }

  RealDisk& disk_;
  const std::shared_ptr<Content> content_;
};

const FileCalls& RealDisk::SystemCalls() {
  static const FileCalls calls;
  return calls;
}

absl::StatusOr<std::unique_ptr<RealDisk>> RealDisk::Open(
    EventLoop& loop, const std::filesystem::path& folder,
    const FileCalls& calls) {
  absl::StatusOr<FileDescriptor> file = OpenFolder(folder, calls);
  if (!file.ok()) return file.status();
  absl::StatusOr<FileDescriptor> lock = LockFolder(folder, file->get());
  if (!lock.ok()) return lock.status();
  const auto opened = std::make_shared<Folder>();
  opened->file = *std::move(file);
  opened->lock = *std::move(lock);
  return std::unique_ptr<RealDisk>(new RealDisk(loop, opened, calls));
}

RealDisk::RealDisk(EventLoop& loop, std::shared_ptr<Folder> folder,
                   const FileCalls& calls)
    : calls_(calls), folder_(std::move(folder)), worker_(loop) {}

RealDisk::~RealDisk() = default;

absl::StatusOr<std::unique_ptr<File>> RealDisk::Open(std::string_view name,
                                                     OpenMode mode) {
  const std::string file_name = FileNameOfValid(name);
  const absl::Status fits = CheckLength(name, file_name);
  if (!fits.ok()) return mode == OpenMode::kCreate ? fits : NoFile(name);
  const absl::StatusOr<std::shared_ptr<Found>> found = worker_.Run(
      [folder = folder_, name = std::string(name), file_name, mode] {
        return Find(folder->file.get(), name, file_name, mode);
      });
  if (!found.ok()) return found.status();
  std::weak_ptr<Content>& known = contents_[(*found)->number];
  std::shared_ptr<Content> content = known.lock();
  if (content == nullptr) {
    content = std::make_shared<Content>(calls_, std::move(**found));
    known = content;
    std::erase_if(contents_,
                  [](const auto& entry) { return entry.second.expired(); });
  }
  return std::make_unique<OpenFile>(*this, std::move(content));
}

absl::Status RealDisk::Rename(std::string_view from, std::string_view to) {
  const std::string from_file = FileNameOfValid(from);
  const std::string to_file = FileNameOfValid(to);
  const absl::Status fits = CheckLength(to, to_file);
  if (!fits.ok()) return fits;
  return worker_.Run([folder = folder_, name = std::string(from), from_file,
                      to_file]() -> absl::Status {
    const int at = folder->file.get();
    if (renameat(at, from_file.c_str(), at, to_file.c_str()) == 0) {
      return absl::OkStatus();
    }
    return ChangeError(name, errno);
  });
}

absl::Status RealDisk::Remove(std::string_view name) {
  return worker_.Run([folder = folder_, name = std::string(name),
                      file_name = FileNameOfValid(name)]() -> absl::Status {
    if (unlinkat(folder->file.get(), file_name.c_str(), 0) == 0) {
      return absl::OkStatus();
    }
    return ChangeError(name, errno);
  });
}

absl::StatusOr<std::vector<std::string>> RealDisk::List() {
  return worker_.Run(
      [folder = folder_] { return ListFolder(folder->file.get()); });
}

absl::Status RealDisk::SyncDirectory() {
  return worker_.Run([folder = folder_, calls = &calls_]() -> absl::Status {
    if (folder->sync_error == 0) {
      folder->sync_error = SyncAll(*calls, folder->file.get());
    }
    if (folder->sync_error == 0) return absl::OkStatus();
    return SyncError("the folder cannot be synced", folder->sync_error);
  });
}

}  // namespace reprise
